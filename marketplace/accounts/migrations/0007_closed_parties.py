from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("accounts", "0006_deal_scopes")]

    operations = [
        migrations.AddIndex(
            model_name="party",
            index=models.Index(fields=["id"], name="party_closed", condition=models.Q(("state", "closed"))),
        ),
    ]
