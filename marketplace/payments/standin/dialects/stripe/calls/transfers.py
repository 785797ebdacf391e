"""`/v1/transfers`: from the platform's balance to a connected account's, and back."""

from marketplace.payments.standin.dialects.stripe import paging
from marketplace.payments.standin.dialects.stripe.call import Call
from marketplace.payments.standin.dialects.stripe.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.stripe.objects import transfer as objects
from marketplace.payments.standin.engine.acquirer import transfers
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.models import ConnectedTransfer

TAKES = ("amount", "currency", "description", "destination", "metadata", "source_transaction", "transfer_group")


@writing("transfer.create", TAKES)
def create(call: Call) -> dict:
    """Move money."""
    if call.fault.action == "decline":
        raise Refusal("transfer_refused", "This account cannot receive transfers.", field="destination")
    row = transfers.create(
        account_id=call.text("destination"),
        charge_id=call.text("source_transaction"),
        amount_minor=call.amount_or_all(),
        currency=call.currency(),
        transfer_group=call.text("transfer_group", longest=200),
        description=call.text("description"),
        metadata=call.metadata(),
    )
    return objects.write(row)


@reading("transfer.get")
def retrieve(call: Call, transfer_id: str) -> dict:
    """One transfer."""
    return objects.write(transfers.get(transfer_id))


@reading("transfer.list", ("destination", "transfer_group", *paging.NAMES))
def search(call: Call) -> dict:
    """Transfers, newest first; of a group, or to somebody."""
    wanted = {"transfer_group": call.text("transfer_group"), "account": call.text("destination")}
    rows = ConnectedTransfer.objects.filter(**{name: value for name, value in wanted.items() if value})
    return paging.page(rows, call.given, objects.write, url="/v1/transfers")


@writing("transfer.reverse", ("amount", "description", "metadata"))
def reverse(call: Call, transfer_id: str) -> dict:
    """Take part or all of it back."""
    row = transfers.reverse(
        transfer_id,
        amount_minor=call.amount_or_all(),
        description=call.text("description"),
        metadata=call.metadata(),
    )
    return objects.write_reversal(row)


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve)
reversals = by_method(POST=reverse)
