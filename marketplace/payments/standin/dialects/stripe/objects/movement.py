"""`balance_transaction`: one line of a balance."""

from marketplace.payments.standin.dialects.stripe.objects.common import unix
from marketplace.payments.standin.engine import clock
from marketplace.payments.standin.models import Movement

# Where the report's name is another than the kind's.
_CATEGORIES = {
    "payment": "transfer",
    "payment_refund": "transfer_reversal",
    "transfer_refund": "transfer_reversal",
    "payout_failure": "payout_reversal",
}


def write(row: Movement) -> dict:
    """A line; whether its money can be used yet, the clock says."""
    currency = row.currency.lower()
    fee = {
        "amount": row.fee_minor,
        "application": None,
        "currency": currency,
        "description": "Dispute fee" if row.kind == "adjustment" else "Stripe processing fees",
        "type": "stripe_fee",
    }
    return {
        "id": row.id,
        "object": "balance_transaction",
        "amount": row.amount_minor,
        "available_on": unix(row.available_at),
        "balance_type": "payments",
        "created": unix(row.created_at),
        "currency": currency,
        "description": row.description or None,
        "exchange_rate": None,
        "fee": row.fee_minor,
        "fee_details": [fee] if row.fee_minor else [],
        "net": row.net_minor,
        "reporting_category": _CATEGORIES.get(row.kind, row.category),
        "source": row.source,
        "status": "available" if row.available_at <= clock.now() else "pending",
        "type": row.kind,
    }
