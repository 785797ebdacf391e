from django.db import models


class Attachment(models.Model):
    """A file of the brief; seen by whoever sees the task."""

    task = models.ForeignKey("campaigns.VTask", on_delete=models.PROTECT, related_name="attachments")
    asset = models.ForeignKey("media.Asset", on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "asset"], name="attachment_once")]

    def __str__(self) -> str:
        return self.name
