"""The hall: every open V task, found by filters and words that live in the address."""

from dataclasses import dataclass
from urllib.parse import parse_qsl

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from marketplace.campaigns.forms.hall import DatesForm, FeeForm
from marketplace.campaigns.models import SavedSearch
from marketplace.campaigns.selectors.cards import cards_of
from marketplace.campaigns.selectors.hall import MANY, SORTS, HallQuery, for_cards
from marketplace.http.keyset import page_of

PAGE = 24


@dataclass(frozen=True)
class Choice:
    label: str
    value: str
    on: bool
    url: str


@require_safe
def hall(request: HttpRequest) -> HttpResponse:
    query = HallQuery.parse(request.GET)
    tasks = query.tasks()
    page = page_of(tasks, query.order, cursor=request.GET.get("after", ""), size=PAGE, whole=for_cards)
    mine = SavedSearch.objects.filter(user_id=request.actor.user_id) if request.user.is_authenticated else None
    context = {
        "query": query,
        "cards": cards_of(request.actor, page.rows),
        "page": page,
        "more": f"{query.query()}&after={page.after}".lstrip("&") if page.after else "",
        "count": query.count(tasks, page),
        "filters": filters_of(query),
        "sorts": [Choice(label, name, name == query.sort, query.query(sort=name)) for name, label in sort_labels()],
        "kept": parse_qsl(query.query()),
        "with_funded": query.query(funded=True),
        "without_funded": query.query(funded=False),
        "fee_form": FeeForm(initial={"currency": query.currency or "CNY", "fee_from": query.fee_from or None}),
        "dates_form": DatesForm(
            initial={
                "publish_from": query.publish_from.isoformat() if query.publish_from else None,
                "publish_until": query.publish_until.isoformat() if query.publish_until else None,
            }
        ),
        "saved": mine.filter(query=query.query(sort="newest")).exists() if mine is not None else False,
    }
    return render(request, "campaigns/hall.html", context)


def filters_of(query: HallQuery) -> list[tuple[str, str, list[Choice], int]]:
    """(label, name, choices, how many are on) of each filter with several values."""
    found = []
    for name, label in filter_labels():
        chosen = getattr(query, name)
        choices = [
            Choice(str(text), value, value in chosen, query.toggled(name, value)) for value, text in MANY[name].choices
        ]
        found.append((label, name, choices, len(chosen)))
    return found


def filter_labels() -> list[tuple[str, str]]:
    return [
        ("category", _("Category")),
        ("form", _("Form")),
        ("platform", _("Platform")),
        ("region", _("Region")),
        ("language", _("Language")),
        ("mode", _("Mode")),
    ]


def sort_labels() -> list[tuple[str, str]]:
    labels = {"newest": _("Newest"), "closing": _("Closing soon"), "fee": _("Highest fee")}
    return [(name, labels[name]) for name in SORTS]
