"""`/api/refunds`: money back to the card that it came from."""

from collections.abc import Callable

from marketplace.payments.standin.dialects.testbank import pagination
from marketplace.payments.standin.dialects.testbank.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.testbank.params import Params
from marketplace.payments.standin.engine import refunds, snapshots
from marketplace.payments.standin.engine.errors import Refusal, invalid
from marketplace.payments.standin.engine.faults import Fault
from marketplace.payments.standin.models import Refund


@writing("refund.create")
def create(body: Params, fault: Fault) -> Callable[[], dict]:
    """Refund part or all of a charge."""
    fields = {
        "charge_id": body.text("charge"),
        "amount_minor": body.amount("amount_minor"),
        "currency": body.currency("currency"),
        "reference": body.text("reference"),
        "reason": body.text("reason", default=""),
    }
    body.finish()

    def effect() -> dict:
        if fault.action == "decline":
            raise Refusal("refund_refused", "The card's bank takes no refund.", status=402)
        later = {"settles_in": fault.delay} if fault.action in ("settle_later", "fail_later") else {}
        if fault.action == "fail_later":
            later["outcome"] = Refund.Status.FAILED
        return snapshots.refund(refunds.create(**fields, **later))

    return effect


@reading("refund.list")
def search(query: Params) -> dict:
    """The refunds of a charge, or those that carry a reference."""
    charge, reference = query.text("charge", default=""), query.text("reference", default="")
    at_most = pagination.limit(query)
    query.finish()
    if not charge and not reference:
        raise invalid("charge", "or reference is needed")
    wanted = {name: value for name, value in (("charge_id", charge), ("reference", reference)) if value}
    return pagination.page(Refund.objects.filter(**wanted).order_by("created_at", "pk"), at_most, snapshots.refund)


@reading("refund.get")
def retrieve(query: Params, refund_id: str) -> dict:
    """One refund."""
    query.finish()
    return snapshots.refund(refunds.get(refund_id))


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve)
