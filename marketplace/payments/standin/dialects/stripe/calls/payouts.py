"""`/v1/payouts` with `Stripe-Account`: from a connected account to her bank."""

from marketplace.payments.standin.dialects.stripe import paging
from marketplace.payments.standin.dialects.stripe.call import Call
from marketplace.payments.standin.dialects.stripe.endpoint import by_method, reading, writing
from marketplace.payments.standin.dialects.stripe.objects import payout as objects
from marketplace.payments.standin.engine.acquirer import payouts
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.models import ConnectedPayout


@writing("payout.create", ("amount", "currency", "description", "metadata", "statement_descriptor"), per_account=True)
def create(call: Call) -> dict:
    """Send part or all of what is available."""
    if call.fault.action == "decline":
        raise Refusal("payout_refused", "This account's bank takes no payout.")
    later = {"arrives_in": call.fault.delay} if call.fault.action in ("settle_later", "fail_later") else {}
    row = payouts.create(
        account_id=_named(call),
        amount_minor=call.amount(),
        currency=call.currency(),
        description=call.text("description"),
        statement_descriptor=call.text("statement_descriptor", longest=22),
        metadata=call.metadata(),
        well=call.fault.action != "fail_later",
        **later,
    )
    return objects.write(row)


@reading("payout.get", per_account=True)
def retrieve(call: Call, payout_id: str) -> dict:
    """One payout."""
    return objects.write(payouts.get(_named(call), payout_id))


@reading("payout.list", ("status", *paging.NAMES), per_account=True)
def search(call: Call) -> dict:
    """Payouts of the account, newest first."""
    rows = ConnectedPayout.objects.filter(account=_named(call))
    if status := call.text("status"):
        rows = rows.filter(status=status)
    return paging.page(rows, call.given, objects.write, url="/v1/payouts")


def _named(call: Call) -> str:
    if not call.account:
        message = "The platform's own payouts are not built here: name a connected account in Stripe-Account."
        raise Refusal("not_built_here", message)
    return call.account


collection = by_method(POST=create, GET=search)
item = by_method(GET=retrieve)
