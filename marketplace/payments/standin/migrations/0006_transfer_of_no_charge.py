import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("standin", "0005_movements_stay")]

    operations = [
        migrations.AlterField(
            model_name="transfer",
            name="charge",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="transfers", to="standin.charge"
            ),
        ),
    ]
