"""The fault plan: what goes wrong, where, and how often."""

from django.db import models


class FaultRule(models.Model):
    """Breaks the matching calls number `skip` to `skip + count`; counted, so that a test can rely on it.

    With `permille` below 1000 a dice is thrown per call, out of `seed` and the call's number: still repeatable.
    """

    operation = models.CharField(max_length=120)
    action = models.CharField(max_length=32)
    argument = models.BigIntegerField(null=True)
    skip = models.PositiveIntegerField(default=0)
    count = models.PositiveIntegerField(null=True, default=1)
    permille = models.PositiveSmallIntegerField(default=1000)
    seed = models.CharField(max_length=64, blank=True)
    seen = models.PositiveIntegerField(default=0)
    hits = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="standin_fault_counted",
                condition=models.Q(count__isnull=True) | models.Q(hits__lte=models.F("count")),
            ),
            models.CheckConstraint(name="standin_fault_permille", condition=models.Q(permille__lte=1000)),
        ]

    def __str__(self) -> str:
        return f"{self.operation}: {self.action}"
