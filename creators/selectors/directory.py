"""The directory of anchors: filtered, searched and sorted, with the filters in the address."""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict

from creators.models import AnchorFile, Rate
from marketplace.accounts.categories import Category
from marketplace.accounts.platforms import Platform
from marketplace.accounts.regions import Region
from marketplace.accounts.spoken import Spoken
from marketplace.campaigns.models import Form
from marketplace.campaigns.selectors.hall import CURRENCIES
from marketplace.core.money import Money
from marketplace.core.search import Typed
from marketplace.http import filters
from marketplace.http.counting import Count, counted
from marketplace.http.filters import Filters
from marketplace.http.keyset import Order, Page

MANY = {"category": Category, "platform": Platform, "region": Region, "language": Spoken}
OVERLAPS = {"category": "categories", "platform": "platforms", "language": "languages"}
NEWEST = "newest"
SORTS = {NEWEST: Order(("listed_at", "id")), "followers": Order(("followers", "id"))}


@dataclass(frozen=True, slots=True, kw_only=True)
class AnchorQuery(Filters):
    """Whom somebody looks for. Unknown values are left out, so that an old or a forged address still answers."""

    SORTS: ClassVar[dict[str, Order]] = SORTS

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
        form = filters.one_of(data, "form", Form.values)
        at_most = filters.whole(data.get("at_most", "")) if form else 0
        currency = filters.one_of(data, "currency", CURRENCIES, CURRENCIES[0])
        return cls(
            q=filters.words(data),
            followers=filters.whole(data.get("followers", "")),
            form=form,
            currency=currency if at_most else "",
            at_most=at_most,
            verified=data.get("verified") == "1",
            sort=filters.one_of(data, "sort", SORTS, NEWEST),
            **filters.chosen(data, MANY),
        )

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
