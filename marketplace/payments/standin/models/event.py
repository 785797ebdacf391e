"""The event log, and the state of telling the outside about each event."""

from django.db import models


class Event(models.Model):
    """Something that changed, with a snapshot of the object as it then was. Append-only by trigger."""

    seq = models.BigAutoField(primary_key=True)
    id = models.CharField(max_length=40, unique=True)
    type = models.CharField(max_length=100)
    channel = models.CharField(max_length=20, default="testbank", db_index=True)
    account = models.CharField(max_length=80, blank=True)  # whose it is, where that is not the platform
    cause = models.JSONField(default=dict)  # the call that brought it about
    created_at = models.DateTimeField()
    object = models.JSONField()

    def __str__(self) -> str:
        return f"{self.id} {self.type}"


class Delivery(models.Model):
    """One webhook to send. A duplicated event has several; a lost one ends as `lost` and was never sent."""

    class Status(models.TextChoices):
        WAITING = "waiting"
        DELIVERED = "delivered"
        LOST = "lost"
        GIVEN_UP = "given_up"

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="deliveries")
    status = models.CharField(max_length=12, choices=Status, default=Status.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    due_at = models.DateTimeField()
    first_due_at = models.DateTimeField()
    # Wall clock: a sender that died must lose its claim even while the bank's clock stands still.
    claimed_until = models.DateTimeField(null=True)
    # Held back until a later event has gone out: the reordered delivery of the fault plan.
    waits_for_later = models.BooleanField(default=False)
    fault = models.CharField(max_length=32, blank=True)
    last_status = models.PositiveSmallIntegerField(null=True)
    last_error = models.CharField(max_length=200, blank=True)
    delivered_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["due_at", "id"], name="standin_delivery_due", condition=models.Q(status="waiting")),
        ]

    def __str__(self) -> str:
        return f"{self.event_id} {self.status}"


class WebhookEndpoint(models.Model):
    """Where a channel's webhooks go when a test said so; without this row the environment decides."""

    channel = models.CharField(max_length=20, primary_key=True, default="testbank")
    url = models.CharField(max_length=2000, blank=True)
    secrets = models.JSONField(default=list)

    def __str__(self) -> str:
        return self.url or "nowhere"
