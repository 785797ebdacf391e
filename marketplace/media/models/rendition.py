from django.db import models


class Rendition(models.Model):
    """One size and format of a picture, drawn by us; the only bytes of it that are served.

    `overlay`: under the words of a draft, for whom may not have it whole yet.
    """

    class Format(models.TextChoices):
        AVIF = "avif"
        WEBP = "webp"

    asset = models.ForeignKey("media.Asset", on_delete=models.CASCADE, related_name="renditions")
    format = models.CharField(max_length=4, choices=Format.choices)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    overlay = models.BooleanField(default=False)
    file = models.CharField(max_length=80)
    size_bytes = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["asset", "width", "format", "overlay"], name="rendition_once"),
            models.CheckConstraint(condition=models.Q(format__in=["avif", "webp"]), name="rendition_format"),
        ]
        ordering = ["width", "format"]

    def __str__(self) -> str:
        return f"{self.width}.{self.format}"

    @property
    def mime(self) -> str:
        return f"image/{self.format}"
