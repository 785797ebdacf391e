from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from marketplace.core.fields import PublicIdField


class TimeOff(models.Model):
    """Days on which an anchor takes no work, both included."""

    public_id = PublicIdField(prefix="tof")
    file = models.ForeignKey("creators.AnchorFile", on_delete=models.CASCADE, related_name="times_off")
    starts_on = models.DateField(_("First day"))
    ends_on = models.DateField(_("Last day"))

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="time_off_in_order")]
        ordering = ["starts_on", "id"]

    def __str__(self) -> str:
        return f"{self.starts_on} – {self.ends_on}"
