"""The hall: open V tasks, filtered, searched and sorted, with the filters in the address."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, Self

from django.db.models import Q, QuerySet
from django.http import QueryDict

from marketplace.accounts.categories import Category
from marketplace.accounts.platforms import Platform
from marketplace.accounts.regions import Region
from marketplace.accounts.spoken import Spoken
from marketplace.campaigns.models import Form, Mode, SavedSearch, VTask
from marketplace.core.money import Money
from marketplace.core.search import Typed
from marketplace.http import filters
from marketplace.http.counting import Count, counted
from marketplace.http.filters import Filters
from marketplace.http.keyset import Order, Page

MANY = {"category": Category, "form": Form, "platform": Platform, "region": Region, "language": Spoken, "mode": Mode}
NEWEST = "newest"
SORTS = {
    NEWEST: Order(("opened_at", "id")),
    "closing": Order(("apply_by", "id"), descending=False),
    "fee": Order(("fee_max_minor", "id")),
}
CURRENCIES = ("CNY", "USD", "EUR", "JPY")


@dataclass(frozen=True, slots=True, kw_only=True)
class HallQuery(Filters):
    """What somebody looks for. Unknown values are left out, so that an old or a forged address still answers."""

    SORTS: ClassVar[dict[str, Order]] = SORTS

    category: tuple[str, ...] = ()
    form: tuple[str, ...] = ()
    platform: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    mode: tuple[str, ...] = ()
    currency: str = ""
    fee_from: int = 0  # whole units of `currency`
    publish_from: date | None = None
    publish_until: date | None = None
    funded: bool = False
    sort: str = NEWEST

    @classmethod
    def parse(cls, query: QueryDict | str) -> Self:
        data = QueryDict(query) if isinstance(query, str) else query
        return cls(
            q=filters.words(data),
            currency=filters.one_of(data, "currency", CURRENCIES),
            fee_from=filters.whole(data.get("fee_from", "")),
            publish_from=filters.day(data.get("publish_from", "")),
            publish_until=filters.day(data.get("publish_until", "")),
            funded=data.get("funded") == "1",
            sort=filters.one_of(data, "sort", SORTS, NEWEST),
            **filters.chosen(data, MANY),
        )

    def tasks(self) -> QuerySet[VTask]:
        """Open tasks that meet all of it. What a task does not ask (regions, languages) excludes nobody."""
        found = VTask.objects.public()
        for name, column in (("category", "category"), ("form", "form"), ("mode", "mode")):
            if values := getattr(self, name):
                found = found.filter(**{f"{column}__in": values})
        if self.platform:
            found = found.filter(platforms__overlap=list(self.platform))
        for name, column in (("region", "regions"), ("language", "languages")):
            if values := getattr(self, name):
                found = found.filter(Q(**{f"{column}__overlap": list(values)}) | Q(**{f"{column}__len": 0}))
        if self.currency:
            found = found.filter(currency=self.currency)
            if self.fee_from:
                found = found.filter(fee_max_minor__gte=Money.parse(str(self.fee_from), self.currency).amount_minor)
        if self.publish_from:
            found = found.filter(publish_until__gte=self.publish_from)
        if self.publish_until:
            found = found.filter(publish_from__lte=self.publish_until)
        if self.funded:
            found = found.filter(reserved_minor__gt=0)
        if self.q:
            found = found.filter(search=Typed(self.q))
        return found

    def count(self, tasks: QuerySet[VTask], page: Page) -> Count:
        """How many `tasks` there are; of a narrowed list, among the first of all open ones."""
        return counted(tasks, page, order=self.order, among=VTask.objects.public() if self.narrows else None)


def for_cards(tasks: QuerySet[VTask]) -> QuerySet[VTask]:
    """With what a card of the hall shows."""
    return tasks.defer("search")


def searches_that_match(task: VTask) -> Iterator[SavedSearch]:
    """Saved searches of people that this open task meets."""
    for search in SavedSearch.objects.select_related("user").filter(user__is_active=True).iterator(chunk_size=500):
        if HallQuery.parse(search.query).tasks().filter(pk=task.pk).exists():
            yield search
