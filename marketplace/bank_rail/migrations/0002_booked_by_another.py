from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    """Not validated: what one person booked before this rule stays as it was."""

    dependencies = [("bank_rail", "0001_the_bank_by_hand")]

    operations = [
        AddConstraintNotValid(
            model_name="upload",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("booked_by__isnull", True),
                    models.Q(("booked_by", models.F("uploaded_by")), _negated=True),
                    _connector="OR",
                ),
                name="bank_upload_by_two_people",
            ),
        ),
    ]
