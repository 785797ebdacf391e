"""The directory of anchors: filtered, searched and sorted, with the filters in the address."""

from dataclasses import dataclass
from typing import ClassVar, Self

from django.db.models import Case, Q, QuerySet, Value, When
from django.http import QueryDict

from creators.bands import bands_from_followers, bands_to_price
from creators.models import AnchorFile
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
        found = AnchorFile.objects.in_directory()
        for column, values in self._overlaps().items():
            found = found.filter(**{f"{column}__overlap": values})
        if self.region:
            found = found.filter(region__in=self.region)
        if self.followers:
            found = _in_bands(found, bands_from_followers(self.followers), Q(followers__gte=self.followers))
        if self.form and self.at_most:
            most = Money.parse(str(self.at_most), self.currency).amount_minor
            asked = Q(**{f"prices__{self.form}__{self.currency}__lte": most})
            found = _in_bands(found, bands_to_price(self.form, self.currency, most), asked)
        elif self.form:
            found = found.filter(bands__overlap=[self.form])
        if self.q:
            found = found.filter(search=Typed(self.q))
        return found

    def _overlaps(self) -> dict[str, list[str]]:
        """Column of many values → which of them will do.

        A proved platform is one of hers: to ask for both would tell the planner of two conditions where there is one.
        """
        asked = {column: list(getattr(self, name)) for name, column in OVERLAPS.items()}
        if self.verified:
            asked["verified"] = asked.pop("platforms") or list(Platform.values)
        return {column: values for column, values in asked.items() if values}

    def count(self, files: QuerySet[AnchorFile], page: Page) -> Count:
        """How many `files` there are; of a narrowed list, among the first of all listed ones."""
        return counted(files, page, order=self.order, among=AnchorFile.objects.listed() if self.narrows else None)


def _in_bands(found: QuerySet[AnchorFile], bands: list[str], asked: Q) -> QuerySet[AnchorFile]:
    """Those in `bands` for which `asked` is true, if any bands hold all of these.

    As a CASE, because the planner takes two conditions for independent: by the bands alone it knows how many there are.
    """
    if not bands:
        return found.filter(asked)
    return found.filter(Case(When(asked, then=Value(True)), default=Value(False)), bands__overlap=bands)


def for_cards(files: QuerySet[AnchorFile]) -> QuerySet[AnchorFile]:
    """With what a card of the directory shows, for `keyset.page_of`: three queries a page, however long."""
    return files.select_related("party__card").prefetch_related("channels", "rates").defer("search", "search_text")
