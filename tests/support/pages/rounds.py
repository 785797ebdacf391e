"""What the short round leaves to the long one: each page is looked at as the first who sees it.

As everybody what is not the same for the sides of a deal. Strangers, an owner and those on the way in look at all of
theirs, and so does the first of the staff beside an agency, whose admin shows its own rows.
"""

import functools
from dataclasses import replace

from django.contrib import admin

from tests.support.pages.addresses import table_names
from tests.support.pages.harbour import Visit
from tests.support.pages.people import ON_THE_WAY, STAFF

SEE_ALL = {"anonymous", "owner", *ON_THE_WAY}
BY_SIDE = {
    "amendment",
    "amendment-sign",
    "application",
    "contract",
    "contract-end",
    "contract-sign",
    "contracts",
    "dashboard",
    "dispute",
    "dispute-open",
    "home",
    "mfa_index",
    "settings",
    "verification",
    "work",
}
# Of the admin's, one template for all tables.
ALIKE = ("history", "add", "delete", "list")


class LongRound:
    """The long round: whoever sees it looks at it."""

    def asks(self, _name: str, _who: str) -> bool:
        return True

    def saw(self, name: str, who: str) -> None:
        """Nobody is spared for it."""


class ShortRound(LongRound):
    """Remembers who saw what, in the order in which they knock."""

    def __init__(self) -> None:
        self.seen_by: dict[str, set[str]] = {}

    def asks(self, name: str, who: str) -> bool:
        if who in SEE_ALL or name in BY_SIDE:
            return True
        return not self.seen_by.get(name, set()) - {who} - ({"agency"} if who in STAFF else set())

    def saw(self, name: str, who: str) -> None:
        self.seen_by.setdefault(name, set()).add(who)


def once_a_view(visits: list[Visit]) -> list[Visit]:
    """Of one person's visits, one to each of the admin's pages that are alike for all tables. Lists and forms show each
    table's own, and are all opened; axe goes through one of those that the same template draws.
    """
    seen: set[tuple[str, int]] = set()
    kept = []
    for visit in visits:
        view = visit.name.rpartition("_")[2] if visit.name.startswith("admin:") else ""
        template = drawn_by().get(visit.name) or (view if view in ALIKE else visit.name)
        again = (template, visit.status) in seen
        if not (again and view in ALIKE):
            kept.append(replace(visit, searched=not again))
        seen.add((template, visit.status))
    return kept


@functools.cache
def drawn_by() -> dict[str, str]:
    """The template of each list and form of the admin, by the name of its address."""
    found = {}
    for model, table in admin.site._registry.items():
        names = table_names(model)
        found[names["changelist"]] = table.change_list_template or "admin/change_list.html"
        found[names["change"]] = table.change_form_template or "admin/change_form.html"
    return found
