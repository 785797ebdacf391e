"""`/api/payouts`: from a payee's account to her bank."""

from collections.abc import Callable

from marketplace.payments.standin.dialects.testbank import pagination
from marketplace.payments.standin.dialects.testbank.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.testbank.params import Params
from marketplace.payments.standin.engine import payouts, snapshots
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.faults import Fault
from marketplace.payments.standin.models import Payout


@writing("payout.create")
def create(body: Params, fault: Fault) -> Callable[[], dict]:
    """Send part or all of what stands there."""
    fields = {
        "payee_id": body.text("payee"),
        "amount_minor": body.amount("amount_minor"),
        "currency": body.currency("currency"),
        "reference": body.text("reference"),
    }
    body.finish()

    def effect() -> dict:
        if fault.action == "decline":
            raise Refusal("payout_refused", "The payee's bank takes no payout.", status=402)
        later = {"arrives_in": fault.delay} if fault.action in ("settle_later", "fail_later") else {}
        if fault.action == "fail_later":
            later["outcome"] = Payout.Status.FAILED
        return snapshots.payout(payouts.create(**fields, **later))

    return effect


@reading("payout.list")
def search(query: Params) -> dict:
    """All payouts that carry this reference."""
    rows = Payout.objects.filter(reference=query.text("reference")).order_by("created_at", "pk")
    at_most = pagination.limit(query)
    query.finish()
    return pagination.page(rows, at_most, snapshots.payout)


@reading("payout.get")
def retrieve(query: Params, payout_id: str) -> dict:
    """One payout."""
    query.finish()
    return snapshots.payout(payouts.get(payout_id))


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve)
