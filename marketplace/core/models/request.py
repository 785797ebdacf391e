from django.db import models
from django.db.models import Q


class IdempotentRequest(models.Model):
    """A request that has had its effect: the same key brings the same result, another request under it is refused."""

    scope = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    request_hash = models.CharField(max_length=64)
    result = models.CharField(max_length=60)
    at = models.DateTimeField()
    # Of a program's request, the answer itself: the same again is answered with the same.
    status = models.PositiveSmallIntegerField(null=True)
    answer = models.TextField(db_default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="request_once_per_key")]
        indexes = [models.Index(fields=["at"], name="request_answered_at", condition=Q(status__isnull=False))]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
