"""`/v1/checkout/sessions`: ask for money on a hosted page."""

from datetime import UTC, datetime, timedelta

from marketplace.payments.standin.dialects.stripe import paging
from marketplace.payments.standin.dialects.stripe.call import Call, chargeable, known_currency, merged
from marketplace.payments.standin.dialects.stripe.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.stripe.objects import checkout_session as objects
from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine import clock, return_urls
from marketplace.payments.standin.engine.acquirer import sessions
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.models import CardSession

SHORTEST, LONGEST = timedelta(minutes=30), timedelta(hours=24)
_PLACEHOLDER = "{CHECKOUT_SESSION_ID}"
_PRICE = "line_items.price_data"
TAKES = (
    "cancel_url",
    "client_reference_id",
    "customer_email",
    "expires_at",
    "line_items.quantity",
    f"{_PRICE}.currency",
    f"{_PRICE}.product_data.description",
    f"{_PRICE}.product_data.name",
    f"{_PRICE}.unit_amount",
    "locale",
    "metadata",
    "mode",
    "payment_intent_data.description",
    "payment_intent_data.metadata",
    "payment_intent_data.transfer_group",
    "success_url",
)


@writing("checkout_session.create", TAKES)
def create(call: Call) -> dict:
    """Open a session."""
    if call.given.get("mode") != "payment":
        raise must_be("mode", "payment, the only mode that this stand-in knows")
    lines, currency = _lines(call)
    total = sum(line["unit_minor"] * line["quantity"] for line in lines)
    row = sessions.create(
        amount_minor=chargeable(total, "line_items"),
        currency=currency,
        reference=call.text("client_reference_id", longest=200),
        customer_email=call.text("customer_email", longest=200),
        locale=call.text("locale", longest=20),
        metadata=call.metadata(),
        lines=lines,
        intent_fields=_intent_fields(call),
        success_url=_return_url(call, "success_url", needed=True),
        cancel_url=_return_url(call, "cancel_url"),
        expires_at=_expires_at(call),
    )
    return objects.write(row)


@reading("checkout_session.get")
def retrieve(call: Call, session_id: str) -> dict:
    """One session."""
    return objects.write(sessions.get(session_id))


@reading("checkout_session.list", ("status", *paging.NAMES))
def search(call: Call) -> dict:
    """Sessions, newest first."""
    rows = CardSession.objects.select_related("intent")
    if status := call.text("status"):
        rows = rows.filter(status=status)
    return paging.page(rows, call.given, objects.write, url="/v1/checkout/sessions")


@writing("checkout_session.expire")
def expire(call: Call, session_id: str) -> dict:
    """Close a session that nobody has paid."""
    return objects.write(sessions.expire(session_id))


def _lines(call: Call) -> tuple[list[dict], str]:
    """What is paid for, and in which currency: one for all."""
    items = call.given.get("line_items") or []
    if not items:
        raise Refusal("parameter_missing", "Missing required param: line_items.", field="line_items")
    lines, currencies = [], set()
    for number, item in enumerate(items):
        at = f"line_items[{number}]"
        price = item.get("price_data")
        if price is None or "unit_amount" not in price or "product_data" not in price:
            raise Refusal("parameter_missing", f"Missing required param: {at}[price_data].", field=f"{at}[price_data]")
        if not 1 <= item.get("quantity", 1) <= 999_999:
            raise must_be(f"{at}[quantity]", "between 1 and 999999")
        if price["unit_amount"] < 0:
            message = "This value must be greater than or equal to 0."
            raise Refusal("parameter_invalid_integer", message, field=f"{at}[price_data][unit_amount]")
        currencies.add(known_currency(price["currency"], f"{at}[price_data][currency]"))
        lines.append(
            {
                "name": price["product_data"]["name"],
                "description": price["product_data"].get("description", ""),
                "unit_minor": price["unit_amount"],
                "quantity": item.get("quantity", 1),
            }
        )
    if len(currencies) > 1:
        raise must_be("line_items", "in one currency")
    return lines, currencies.pop()


def _intent_fields(call: Call) -> dict:
    given = call.given.get("payment_intent_data", {})
    return {
        "description": given.get("description", "")[:500],
        "transfer_group": given.get("transfer_group", "")[:200],
        "metadata": merged({}, given.get("metadata", {}), "payment_intent_data[metadata]"),
    }


def _return_url(call: Call, name: str, *, needed: bool = False) -> str:
    if needed and name not in call.given:
        raise Refusal("parameter_missing", f"Missing required param: {name}.", field=name)
    url = call.text(name, longest=2000)
    if url:
        return_urls.check(name, url.replace(_PLACEHOLDER, "x"))
    return url


def _expires_at(call: Call) -> datetime:
    moment = clock.now()
    if "expires_at" not in call.given:
        return moment + LONGEST
    given = call.given["expires_at"]
    # A minute of grace: the caller counted from when it began to write.
    if not moment + SHORTEST - timedelta(minutes=1) <= _moment(given) <= moment + LONGEST + timedelta(minutes=1):
        raise must_be("expires_at", "between 30 minutes and 24 hours from now")
    return _moment(given)


def _moment(second: int) -> datetime:
    try:
        return datetime.fromtimestamp(second, tz=UTC)
    except (OverflowError, ValueError, OSError) as error:
        raise must_be("expires_at", "a time in seconds") from error


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve)
expiry = by_method(POST=expire)
