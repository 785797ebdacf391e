"""Somebody who is paid through the platform, with a balance at the acquirer and a bank account outside."""

from django.db import models


class ConnectedAccount(models.Model):
    """Of what she told the acquirer about herself, only what the platform is shown is kept."""

    class Transfers(models.TextChoices):
        NOT_ASKED = "not_asked"
        RESTRICTED = "restricted"  # something is missing
        ACTIVE = "active"
        REFUSED = "refused"

    class Interval(models.TextChoices):
        MANUAL = "manual"
        DAILY = "daily"

    id = models.CharField(max_length=80, primary_key=True)
    display_name = models.CharField(max_length=200, blank=True)
    contact_email = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2, blank=True)
    entity_type = models.CharField(max_length=20, blank=True)
    dashboard = models.CharField(max_length=10, default="none")
    default_currency = models.CharField(max_length=3, blank=True)
    responsibilities = models.JSONField(default=dict)
    metadata = models.JSONField(default=dict)
    transfers = models.CharField(max_length=12, choices=Transfers, default=Transfers.NOT_ASKED)
    due = models.JSONField(default=list)  # what she has yet to give, as requirement ids
    due_by = models.DateTimeField(null=True)
    holder = models.CharField(max_length=120, blank=True)
    bank_name = models.CharField(max_length=120, blank=True)
    last4 = models.CharField(max_length=4, blank=True)
    fingerprint = models.CharField(max_length=64, blank=True)
    # Who says nothing is paid out every day: whoever wants it otherwise must ask.
    interval = models.CharField(max_length=10, choices=Interval, default=Interval.DAILY)
    closed_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="standin_connected_receives_to_an_account",
                condition=~models.Q(transfers="active") | ~models.Q(last4=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.display_name} ({self.id})"


class OnboardingLink(models.Model):
    """A way to the hosted page: unguessable, for a few minutes, used up by the answer."""

    id = models.CharField(max_length=80, primary_key=True)
    account = models.ForeignKey(ConnectedAccount, on_delete=models.PROTECT, related_name="links")
    use_case = models.CharField(max_length=30)
    return_url = models.CharField(max_length=2000)
    refresh_url = models.CharField(max_length=2000)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.id
