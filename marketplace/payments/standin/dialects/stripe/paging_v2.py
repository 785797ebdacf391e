"""v2's lists: newest first, and on by an address that the answer gives."""

from collections.abc import Callable
from urllib.parse import urlencode

from django.db.models import Model, Q, QuerySet

from marketplace.payments.standin.dialects.stripe.refusals import must_be

MOST, USUAL = 100, 10


def page(rows: QuerySet, given: dict, write: Callable[[Model], dict], *, url: str) -> dict:
    """One page of `rows`; a page is named by the object that the one before it ended with."""
    limit = given.get("limit", USUAL)
    if not 1 <= limit <= MOST:
        raise must_be("limit", f"between 1 and {MOST}")
    if cursor := given.get("page"):
        last = rows.model.objects.filter(id=cursor.replace("\x00", "")).first()
        if last is None:
            raise must_be("page", "what an answer gave as its next or previous page")
        rows = rows.filter(Q(created_at__lt=last.created_at) | Q(created_at=last.created_at, id__lt=last.id))
    found = list(rows.order_by("-created_at", "-id")[: limit + 1])
    shown, more = found[:limit], len(found) > limit
    kept = {name: value for name, value in given.items() if name != "page"}
    onwards = f"{url}?{_query({**kept, 'page': shown[-1].id})}" if more else None
    return {"data": [write(row) for row in shown], "next_page_url": onwards, "previous_page_url": None}


def _query(given: dict) -> str:
    pairs = []
    for name, value in given.items():
        if isinstance(value, list):
            pairs += [(f"{name}[{number}]", item) for number, item in enumerate(value)]
        else:
            pairs.append((name, str(value).lower() if isinstance(value, bool) else value))
    return urlencode(pairs)
