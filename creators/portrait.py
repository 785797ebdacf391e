"""Who watches an anchor: which questions a fan portrait answers, and with which values. Pure but for its words."""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from marketplace.accounts.categories import Category
from marketplace.accounts.regions import Region

Shares = Mapping[str, int]

GENDER = {"women": _("Women"), "men": _("Men"), "other": _("Other or unsaid")}
AGE = {
    "under_18": _("Under 18"),
    "18_24": "18–24",
    "25_30": "25–30",
    "31_40": "31–40",
    "41_50": "41–50",
    "over_50": _("51 and over"),
}
HOURS = {f"{hour:02}": f"{hour}–{hour + 2}" for hour in range(0, 24, 2)}

PARTS = {
    "gender": GENDER,
    "age": AGE,
    "region": dict(Region.choices),
    "interest": dict(Category.choices),
    "hour": HOURS,
}
WHOLE = 100


def cleaned(part: str, shares: Mapping[str, object]) -> dict[str, int]:
    """Whole percents of known values, nought left out. Raises ValueError when they say more than the whole."""
    known = {}
    for name in PARTS[part]:
        share = shares.get(name) or 0
        if not isinstance(share, int) or not 0 <= share <= WHOLE:
            raise ValueError(f"{part}: {name} is no percentage")
        if share:
            known[name] = share
    if sum(known.values()) > WHOLE:
        raise ValueError(f"{part}: more than {WHOLE} percent")
    return known
