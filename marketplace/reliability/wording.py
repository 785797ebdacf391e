"""A figure in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.reliability.measures import LEAST, WINDOW
from marketplace.reliability.selectors.figures import Reading

DAY = 24


def said_hours(hours: float) -> str:
    """In hours up to three days, in days from there on."""
    if hours < 1:
        return _("less than an hour")
    if hours < 3 * DAY:
        return _("%(n)s h") % {"n": round(hours)}
    days = round(hours / DAY)
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def said_value(reading: Reading) -> str:
    """The value alone; below the floor, that it is too early to say."""
    if reading.value is None:
        return _("too few to say (%(n)s of %(least)s)") % {"n": reading.observations, "least": LEAST}
    if reading.is_median:
        return said_hours(reading.value)
    if reading.is_share:
        return f"{reading.value} %"
    return _("%(n)s of %(all)s") % {"n": reading.value, "all": reading.observations}


def said_basis(reading: Reading) -> str:
    """What it is counted from, and of how long."""
    counted = reading.source.counted % {"n": reading.observations}
    is_one = reading.is_median and reading.is_enough
    said = _("median of %(counted)s, last %(days)s days") if is_one else _("%(counted)s, last %(days)s days")
    return said % {"counted": counted, "days": WINDOW.days}
