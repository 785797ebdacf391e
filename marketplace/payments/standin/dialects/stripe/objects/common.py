"""What many objects have in common."""

from datetime import UTC, datetime

from marketplace.payments.standin.engine.acquirer import ledger

NO_ADDRESS = {"city": None, "country": None, "line1": None, "line2": None, "postal_code": None, "state": None}


def unix(moment: datetime) -> int:
    """v1's time: whole seconds since 1970."""
    return int(moment.timestamp())


def iso(moment: datetime) -> str:
    """v2's time: ISO 8601 in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def line_of(source: str, *kinds: str, owner: str = ledger.PLATFORM) -> str | None:
    """The id of the balance transaction that this thing drew, of these kinds if any are named."""
    row = ledger.of(source, owner=owner, kinds=kinds)
    return row.id if row else None


def listed(data: list[dict], url: str) -> dict:
    """A list inside an object, all of it."""
    return {"object": "list", "data": data, "has_more": False, "url": url}
