"""How far the bank's clock runs ahead of the wall's."""

from django.db import models


class ClockOffset(models.Model):
    """A single row (id 1). The clock only ever advances."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    seconds = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.CheckConstraint(name="standin_clock_single", condition=models.Q(id=1)),
            models.CheckConstraint(name="standin_clock_ahead", condition=models.Q(seconds__gte=0)),
        ]

    def __str__(self) -> str:
        return f"+{self.seconds} s"
