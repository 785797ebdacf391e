"""`/api/transfers`: from the platform's balance to a payee's account, and back."""

from collections.abc import Callable

from marketplace.payments.standin.dialects.testbank import pagination
from marketplace.payments.standin.dialects.testbank.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.testbank.params import Params
from marketplace.payments.standin.engine import snapshots, transfers
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.faults import Fault
from marketplace.payments.standin.models import Transfer


@writing("transfer.create")
def create(body: Params, fault: Fault) -> Callable[[], dict]:
    """Move part or all of what is left of a charge; without one, of what stands on the platform's account."""
    fields = {
        "payee_id": body.text("payee"),
        "charge_id": body.text("charge", default=""),
        "amount_minor": body.amount("amount_minor"),
        "currency": body.currency("currency"),
        "reference": body.text("reference"),
    }
    body.finish()

    def effect() -> dict:
        if fault.action == "decline":
            raise Refusal("transfer_refused", "This payee cannot receive transfers.", status=402)
        return snapshots.transfer(transfers.create(**fields))

    return effect


@reading("transfer.list")
def search(query: Params) -> dict:
    """All transfers that carry this reference."""
    rows = Transfer.objects.filter(reference=query.text("reference")).order_by("created_at", "pk")
    at_most = pagination.limit(query)
    query.finish()
    return pagination.page(rows, at_most, snapshots.transfer)


@reading("transfer.get")
def retrieve(query: Params, transfer_id: str) -> dict:
    """One transfer."""
    query.finish()
    return snapshots.transfer(transfers.get(transfer_id))


@writing("transfer.reverse")
def reverse(body: Params, fault: Fault, transfer_id: str) -> Callable[[], dict]:
    """Take part or all of it back."""
    fields = {"amount_minor": body.amount("amount_minor"), "reference": body.text("reference")}
    body.finish()
    return lambda: snapshots.reversal(transfers.reverse(transfer_id, **fields))


@reading("transfer.reversals")
def reversals_of(query: Params, transfer_id: str) -> dict:
    """What came back of one transfer."""
    at_most = pagination.limit(query)
    query.finish()
    rows = transfers.get(transfer_id).reversals.order_by("created_at", "pk")
    return pagination.page(rows, at_most, snapshots.reversal)


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve)
reversals = by_method(POST=reverse, GET=reversals_of)
