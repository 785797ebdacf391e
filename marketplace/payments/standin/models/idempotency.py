"""What was answered to a key, so that the same question gets the same answer."""

from django.db import models


class StoredAnswer(models.Model):
    """The first answer to an idempotency key, errors included."""

    scope = models.CharField(max_length=16)
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField()
    body = models.JSONField()
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "key"], name="standin_answer_once")]

    def __str__(self) -> str:
        return self.key
