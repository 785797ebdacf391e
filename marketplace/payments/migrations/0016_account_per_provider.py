import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("payments", "0015_looking_after")]

    operations = [
        migrations.AlterField(
            model_name="payoutaccount",
            name="party",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="payout_accounts",
                to="accounts.party",
                verbose_name="payee",
            ),
        ),
        migrations.AddConstraint(
            model_name="payoutaccount",
            constraint=models.UniqueConstraint(fields=("party", "provider"), name="payout_account_one_per_provider"),
        ),
        migrations.RemoveConstraint(model_name="payoutrunmember", name="payout_member_once"),
        migrations.AddConstraint(
            model_name="payoutrunmember",
            constraint=models.UniqueConstraint(
                fields=("run", "party", "provider", "currency"), name="payout_member_once"
            ),
        ),
    ]
