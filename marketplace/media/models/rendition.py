from django.db import models


class Rendition(models.Model):
    """What we drew of an upload: one size and format of a picture, whose only served bytes these are; or a PDF of work.

    `overlay`: under the words of a draft, for whom may not have it whole yet. A PDF is only drawn so, and has no size.
    """

    class Format(models.TextChoices):
        AVIF = "avif"
        WEBP = "webp"
        PDF = "pdf"

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
            models.CheckConstraint(condition=models.Q(format__in=["avif", "webp", "pdf"]), name="rendition_format"),
        ]
        ordering = ["width", "format"]

    def __str__(self) -> str:
        return f"{self.width}.{self.format}"

    @property
    def mime(self) -> str:
        return "application/pdf" if self.format == self.Format.PDF else f"image/{self.format}"
