"""Stripe's lists: newest first, and on from an object that was already seen."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.db.models import Model, Q, QuerySet

from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine.errors import Refusal

MOST, USUAL = 100, 10
NAMES = ("limit", "starting_after", "ending_before", "created")


def page(rows: QuerySet, given: dict, write: Callable[[Model], dict], *, url: str, order: str = "created_at") -> dict:
    """One page of `rows`, narrowed by `created`, as `{object: list}`. `order` and the id make the order total."""
    limit = given.get("limit", USUAL)
    if not 1 <= limit <= MOST:
        raise must_be("limit", f"between 1 and {MOST}")
    if "starting_after" in given and "ending_before" in given:
        raise must_be("starting_after", "left out when ending_before is there")
    rows = rows.filter(_created(given.get("created", {})))
    backwards = "ending_before" in given
    if cursor := given.get("ending_before" if backwards else "starting_after"):
        seen = _seen(rows, cursor, "ending_before" if backwards else "starting_after")
        rows = rows.filter(_beyond(order, seen, newer=backwards))
    signs = ("", "") if backwards else ("-", "-")
    found = list(rows.order_by(f"{signs[0]}{order}", f"{signs[1]}id")[: limit + 1])
    shown, more = found[:limit], len(found) > limit
    if backwards:
        shown.reverse()
    return {"object": "list", "url": url, "has_more": more, "data": [write(row) for row in shown]}


def _seen(rows: QuerySet, cursor: str, field: str) -> Model:
    found = rows.model.objects.filter(id=cursor.replace("\x00", "")).first()
    if found is None:
        raise Refusal("destination_missing", f"No such object: '{cursor}'", field=field)
    return found


def _beyond(order: str, seen: Model, *, newer: bool) -> Q:
    way, value = ("gt" if newer else "lt"), getattr(seen, order)
    return Q(**{f"{order}__{way}": value}) | Q(**{order: value, f"id__{way}": seen.id})


def _created(given: dict | int) -> Q:
    """`created=<unix>` or `created[gte]=<unix>`, by the second as Stripe counts."""
    if isinstance(given, int):
        given = {"gte": given, "lte": given}
    wanted = Q()
    for way, second in given.items():
        # A row of 12:00:00.4 was created in second 12:00:00: "later than" begins with the next one.
        shifted = second + (way in ("gt", "lte"))
        try:
            moment = datetime.fromtimestamp(shifted, tz=UTC)
        except (OverflowError, ValueError, OSError) as error:
            raise must_be(f"created[{way}]", "a time in seconds") from error
        wanted &= Q(**{f"created_at__{'gte' if way in ('gt', 'gte') else 'lt'}": moment})
    return wanted
