import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("standin", "0006_transfer_of_no_charge")]

    operations = [
        migrations.AlterField(
            model_name="carddispute",
            name="charge",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="disputes", to="standin.cardcharge"
            ),
        ),
    ]
