"""The filters of the directory: boxes to tick, and what is chosen, each with the address without it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from creators.selectors.directory import MANY, AnchorQuery
from marketplace.campaigns.models import Form
from marketplace.core.money import Money


@dataclass(frozen=True, slots=True)
class Filter:
    """`options`: (value, label, ticked)."""

    name: str
    label: str
    options: Sequence[tuple[str, str, bool]]


def filters_of(query: AnchorQuery) -> list[Filter]:
    labels = {"category": _("Category"), "platform": _("Platform"), "region": _("Region"), "language": _("Language")}
    return [
        Filter(name, label, [(value, str(text), value in getattr(query, name)) for value, text in MANY[name].choices])
        for name, label in labels.items()
    ]


def chosen_of(query: AnchorQuery) -> list[tuple[str, str]]:
    """(what is chosen, the address without it)"""
    found = [
        (str(MANY[name](value).label), f"?{query.toggled(name, value)}")
        for name in MANY
        for value in getattr(query, name)
    ]
    if query.followers:
        label = _("%(count)s followers or more") % {"count": f"{query.followers:,}"}
        found.append((label, f"?{query.query(followers=0)}"))
    if query.form:
        label = str(Form(query.form).label)
        if query.at_most:
            money = Money.parse(str(query.at_most), query.currency)
            label = _("%(form)s for %(price)s or less") % {"form": label, "price": money}
        found.append((label, f"?{query.query(form='', currency='', at_most=0)}"))
    if query.verified:
        found.append((_("Verified channel"), f"?{query.query(verified=False)}"))
    return found
