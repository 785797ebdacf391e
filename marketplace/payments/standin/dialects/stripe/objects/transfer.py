"""`transfer` and `transfer_reversal`: to a connected account, and back."""

from marketplace.payments.standin.dialects.stripe.objects.common import line_of, listed, unix
from marketplace.payments.standin.models import ConnectedReversal, ConnectedTransfer


def write(row: ConnectedTransfer) -> dict:
    """A transfer, and what came back of it."""
    reversals = [write_reversal(item) for item in row.reversals.order_by("-created_at", "-pk")]
    return {
        "id": row.id,
        "object": "transfer",
        "amount": row.amount_minor,
        "amount_reversed": row.reversed_minor,
        "balance_transaction": line_of(row.id),
        "created": unix(row.created_at),
        "currency": row.currency.lower(),
        "description": row.description or None,
        "destination": row.account_id,
        "destination_payment": row.arrival_id,
        "livemode": False,
        "metadata": row.metadata,
        "reversals": listed(reversals, f"/v1/transfers/{row.id}/reversals"),
        "reversed": row.reversed_minor == row.amount_minor,
        "source_transaction": row.charge_id,
        "source_type": "card",
        "transfer_group": row.transfer_group or None,
    }


def write_reversal(row: ConnectedReversal) -> dict:
    """What came back of a transfer at once."""
    return {
        "id": row.id,
        "object": "transfer_reversal",
        "amount": row.amount_minor,
        "balance_transaction": line_of(row.id),
        "created": unix(row.created_at),
        "currency": row.currency.lower(),
        "destination_payment_refund": None,
        "metadata": row.metadata,
        "source_refund": None,
        "transfer": row.transfer_id,
    }
