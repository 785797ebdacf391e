"""What merchants sell and anchors show. One list for all sides, so that they can be matched."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Category(models.TextChoices):
    FOOD = "food", _("Food and drink")
    BEAUTY = "beauty", _("Beauty and care")
    FASHION = "fashion", _("Clothes and shoes")
    HOME = "home", _("Home and living")
    TECH = "tech", _("Phones and electronics")
    PARENTING = "parenting", _("Mother and child")
    SPORT = "sport", _("Sport and outdoors")
    CULTURE = "culture", _("Books and culture")
    TRAVEL = "travel", _("Travel and local")
    FARM = "farm", _("From the farm")
