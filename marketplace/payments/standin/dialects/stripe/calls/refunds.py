"""`/v1/refunds`: money back to the card."""

from marketplace.payments.standin.dialects.stripe import paging
from marketplace.payments.standin.dialects.stripe.call import Call
from marketplace.payments.standin.dialects.stripe.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.stripe.objects import refund as objects
from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine.acquirer import intents, refunds
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.models import CardCharge, CardRefund


@writing("refund.create", ("amount", "charge", "metadata", "payment_intent", "reason"))
def create(call: Call) -> dict:
    """Refund part or all of a charge, or of the charge of an intent."""
    if call.fault.action == "decline":
        raise Refusal("refund_refused", "The card's bank takes no refund.")
    later = {"settles_in": call.fault.delay} if call.fault.action in ("settle_later", "fail_later") else {}
    row = refunds.create(
        charge_id=_charge(call),
        amount_minor=call.amount_or_all(),
        reason=call.text("reason"),
        metadata=call.metadata(),
        well=call.fault.action != "fail_later",
        **later,
    )
    return objects.write(row)


@reading("refund.get")
def retrieve(call: Call, refund_id: str) -> dict:
    """One refund."""
    return objects.write(refunds.get(refund_id))


@reading("refund.list", ("charge", "payment_intent", *paging.NAMES))
def search(call: Call) -> dict:
    """Refunds, newest first."""
    rows = CardRefund.objects.select_related("charge")
    if charge := call.text("charge"):
        rows = rows.filter(charge=charge)
    if intent := call.text("payment_intent"):
        rows = rows.filter(charge__intent=intent)
    return paging.page(rows, call.given, objects.write, url="/v1/refunds")


def _charge(call: Call) -> str:
    charge, intent = call.text("charge"), call.text("payment_intent")
    if bool(charge) == bool(intent):
        raise must_be("charge", "there, or payment_intent, and not both")
    if charge:
        return charge
    paid = intents.get(intent).charges.filter(status=CardCharge.Status.SUCCEEDED).first()
    if paid is None:
        raise Refusal("charge_not_paid", f"This PaymentIntent ({intent}) does not have a successful charge to refund.")
    return paid.pk


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve)
