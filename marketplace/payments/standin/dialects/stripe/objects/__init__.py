"""How the acquirer's rows look as Stripe's objects, field for field as Stripe publishes them."""

from marketplace.payments.standin.dialects.stripe.expansion import expandable
from marketplace.payments.standin.dialects.stripe.objects import (
    account,
    charge,
    checkout_session,
    dispute,
    finding,
    movement,
    payment_intent,
    payout,
    refund,
    transfer,
)
from marketplace.payments.standin.engine.acquirer import announce
from marketplace.payments.standin.models import (
    CardCharge,
    CardDispute,
    CardIntent,
    CardRefund,
    CardSession,
    ConnectedAccount,
    ConnectedPayout,
    ConnectedReversal,
    ConnectedTransfer,
    Movement,
)

_WRITERS = {
    CardSession: checkout_session.write,
    CardIntent: payment_intent.write,
    CardCharge: charge.write,
    CardRefund: refund.write,
    CardDispute: dispute.write,
    ConnectedAccount: account.write_all,
    ConnectedTransfer: transfer.write,
    ConnectedReversal: transfer.write_reversal,
    ConnectedPayout: payout.write,
    Movement: movement.write,
}
_EXPANDABLE = {
    "balance_transaction": ("source",),
    "charge": ("balance_transaction", "payment_intent"),
    "checkout.session": ("payment_intent",),
    "dispute": ("charge", "payment_intent"),
    "payment_intent": ("latest_charge",),
    "payout": ("balance_transaction", "failure_balance_transaction"),
    "refund": ("balance_transaction", "charge", "failure_balance_transaction", "payment_intent"),
    "transfer": ("balance_transaction", "source_transaction"),
    "transfer_reversal": ("balance_transaction", "transfer"),
}


def register() -> None:
    """Tell the engine's announcer, and what `expand` loads."""
    for model, writer in _WRITERS.items():
        announce.write_with(model, writer)
    by_prefix = finding.loader({model: writer for model, writer in _WRITERS.items() if model is not ConnectedAccount})
    for object_type, fields in _EXPANDABLE.items():
        for field in fields:
            expandable(object_type, field, by_prefix)
    expandable("checkout.session", "line_items", checkout_session.line_items_of)
