"""The languages that anchors speak on air, by ISO 639."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Spoken(models.TextChoices):
    MANDARIN = "cmn", _("Mandarin")
    CANTONESE = "yue", _("Cantonese")
    ENGLISH = "eng", _("English")
    JAPANESE = "jpn", _("Japanese")
    KOREAN = "kor", _("Korean")
    THAI = "tha", _("Thai")
    VIETNAMESE = "vie", _("Vietnamese")
    INDONESIAN = "ind", _("Indonesian")
    SPANISH = "spa", _("Spanish")
    FRENCH = "fra", _("French")
    GERMAN = "deu", _("German")
