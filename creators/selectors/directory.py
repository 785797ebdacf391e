"""The directory of anchors: filtered, searched and sorted, with the filters in the address."""

from dataclasses import dataclass, fields, replace
from typing import Any, Self
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from creators.models import AnchorFile, Rate
from marketplace.accounts.categories import Category
from marketplace.accounts.platforms import Platform
from marketplace.accounts.regions import Region
from marketplace.accounts.spoken import Spoken
from marketplace.campaigns.models import Form
from marketplace.campaigns.selectors.hall import CURRENCIES, LONGEST
from marketplace.core.money import Money
from marketplace.core.search import Typed
from marketplace.http.counting import Count, counted
from marketplace.http.keyset import Order, Page

MANY = {"category": Category, "platform": Platform, "region": Region, "language": Spoken}
OVERLAPS = {"category": "categories", "platform": "platforms", "language": "languages"}
NEWEST = "newest"
SORTS = {NEWEST: Order(("listed_at", "id")), "followers": Order(("followers", "id"))}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorQuery:
    """Whom somebody looks for. Unknown values are left out, so that an old or a forged address still answers."""

    q: str = ""
    category: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    followers: int = 0
    form: str = ""
    currency: str = ""
    at_most: int = 0  # whole units of `currency`, for one of `form`
    verified: bool = False
    sort: str = NEWEST

    @classmethod
    def parse(cls, data: QueryDict) -> Self:
        chosen: dict[str, Any] = {
            name: tuple(sorted(set(data.getlist(name)) & set(choices.values))) for name, choices in MANY.items()
        }
        form = data.get("form", "") if data.get("form") in Form.values else ""
        currency = data.get("currency", "") if data.get("currency") in CURRENCIES else ""
        at_most = _whole(data.get("at_most", "")) if form else 0
        return cls(
            q=data.get("q", "").replace("\0", "").strip()[:LONGEST],
            followers=_whole(data.get("followers", "")),
            form=form,
            currency=(currency or CURRENCIES[0]) if at_most else "",
            at_most=at_most,
            verified=data.get("verified") == "1",
            sort=data.get("sort") if data.get("sort") in SORTS else NEWEST,
            **chosen,
        )

    def pairs(self) -> list[tuple[str, str]]:
        """The choices in a fixed order; defaults are left out."""
        found: list[tuple[str, str]] = []
        for field in fields(self):
            value = getattr(self, field.name)
            if value == field.default:
                continue
            values = value if isinstance(value, tuple) else ("1",) if value is True else (value,)
            found += [(field.name, str(one)) for one in values]
        return found

    def query(self, **changed: Any) -> str:
        """The address in its one spelling."""
        return urlencode(replace(self, **changed).pairs())

    def toggled(self, name: str, value: str) -> str:
        """The address with one choice more, or one less."""
        chosen = getattr(self, name)
        without = tuple(one for one in chosen if one != value)
        return self.query(**{name: without if value in chosen else tuple(sorted((*chosen, value)))})

    @property
    def narrows(self) -> bool:
        return bool(self.query(sort=NEWEST))

    @property
    def order(self) -> Order:
        return SORTS[self.sort]

    def files(self) -> QuerySet[AnchorFile]:
        """Public files that meet all of it."""
        found = AnchorFile.objects.public()
        for name, column in OVERLAPS.items():
            if values := getattr(self, name):
                found = found.filter(**{f"{column}__overlap": list(values)})
        if self.region:
            found = found.filter(region__in=self.region)
        if self.followers:
            found = found.filter(followers__gte=self.followers)
        if self.verified:
            found = found.filter(verified__overlap=list(self.platform or Platform.values))
        if self.form:
            rates = Rate.objects.filter(file=OuterRef("pk"), form=self.form)
            if self.at_most:
                most = Money.parse(str(self.at_most), self.currency).amount_minor
                rates = rates.filter(currency=self.currency, price_minor__lte=most)
            found = found.filter(Exists(rates))
        if self.q:
            found = found.filter(search=Typed(self.q))
        return found

    def count(self, files: QuerySet[AnchorFile], page: Page) -> Count:
        """How many `files` there are; of a narrowed list, among the first of all listed ones."""
        return counted(files, page, order=self.order, among=AnchorFile.objects.listed() if self.narrows else None)


def for_cards(files: QuerySet[AnchorFile]) -> QuerySet[AnchorFile]:
    """With what a card of the directory shows: three queries a page, however long."""
    return files.select_related("party__card").prefetch_related("channels", "rates")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 12 else 0
