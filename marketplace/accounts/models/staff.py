from django.db import models

from marketplace.core import clock
from marketplace.core.actor import StaffRole


class StaffGrant(models.Model):
    """A role in the platform's own staff; a user may hold several."""

    class Role(models.TextChoices):
        OPERATIONS = StaffRole.OPERATIONS.value, "Operations"
        FINANCE = StaffRole.FINANCE.value, "Finance"
        COMPLIANCE = StaffRole.COMPLIANCE.value, "Compliance"

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="staff_grants")
    role = models.CharField(max_length=12, choices=Role.choices)
    granted_at = models.DateTimeField(default=clock.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "role"], name="staff_grant_once")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role}"
