from django.db import models

from creators.portrait import PARTS
from marketplace.core import clock


class FanPortrait(models.Model):
    """The make-up of an anchor's audience as she declares it: value → whole percent, at most 100 a question."""

    file = models.OneToOneField("creators.AnchorFile", on_delete=models.CASCADE, related_name="portrait")
    gender = models.JSONField(default=dict, blank=True)
    age = models.JSONField(default=dict, blank=True)
    region = models.JSONField(default=dict, blank=True)
    interest = models.JSONField(default=dict, blank=True)
    hour = models.JSONField(default=dict, blank=True)
    declared_at = models.DateTimeField(default=clock.now)

    def __str__(self) -> str:
        return str(self.file)

    @property
    def is_empty(self) -> bool:
        return not any(getattr(self, part) for part in PARTS)
