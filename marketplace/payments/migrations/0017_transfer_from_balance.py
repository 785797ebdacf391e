from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0016_account_per_provider")]

    operations = [
        migrations.AddField(
            model_name="transfer",
            name="from_balance",
            field=models.BooleanField(default=False, verbose_name="out of what stands on the platform's account"),
        ),
        migrations.AddIndex(
            model_name="transfer",
            index=models.Index(fields=["charge"], name="transfer_by_charge"),
        ),
        migrations.AddIndex(
            model_name="refund",
            index=models.Index(fields=["charge"], name="refund_by_charge"),
        ),
    ]
