"""`/api/checkouts`: ask for money, look what became of it, stop asking."""

from collections.abc import Callable
from datetime import timedelta

from marketplace.payments.standin.dialects.testbank import pagination
from marketplace.payments.standin.dialects.testbank.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.testbank.params import Params
from marketplace.payments.standin.engine import checkouts, return_urls, snapshots
from marketplace.payments.standin.engine.faults import Fault
from marketplace.payments.standin.models import Checkout

DAY = 24 * 3600


@writing("checkout.create")
def create(body: Params, fault: Fault) -> Callable[[], dict]:
    """Open a checkout."""
    fields = {
        "amount_minor": body.amount("amount_minor"),
        "currency": body.currency("currency"),
        "reference": body.text("reference"),
        "description": body.text("description", default="", longest=500),
        "payer_label": body.text("payer_label", default=""),
        "success_url": return_urls.check("success_url", body.text("success_url", longest=2000)),
        "cancel_url": return_urls.check("cancel_url", body.text("cancel_url", longest=2000)),
        "metadata": body.texts("metadata"),
    }
    expires_in = timedelta(seconds=body.integer("expires_in_s", least=30, most=30 * DAY, default=DAY))
    body.finish()
    return lambda: snapshots.checkout(checkouts.create(expires_in=expires_in, **fields))


@reading("checkout.list")
def search(query: Params) -> dict:
    """All checkouts that carry this reference."""
    rows = Checkout.objects.filter(reference=query.text("reference")).order_by("created_at", "pk")
    at_most = pagination.limit(query)
    query.finish()
    return pagination.page(rows, at_most, snapshots.checkout)


@reading("checkout.get")
def retrieve(query: Params, checkout_id: str) -> dict:
    """One checkout."""
    query.finish()
    return snapshots.checkout(checkouts.get(checkout_id))


@writing("checkout.expire")
def expire(body: Params, fault: Fault, checkout_id: str) -> Callable[[], dict]:
    """Close a checkout that nobody has paid."""
    body.finish()
    return lambda: snapshots.checkout(checkouts.expire(checkout_id))


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve)
expiry = by_method(POST=expire)
