"""`refund`: money back to the card."""

from marketplace.payments.standin.dialects.stripe.objects import charge as charges
from marketplace.payments.standin.dialects.stripe.objects.common import line_of, unix
from marketplace.payments.standin.models import CardRefund


def write(row: CardRefund) -> dict:
    """A refund and where it has got to."""
    method = row.charge.method
    card = {"reference_status": "pending", "reference_type": "acquirer_reference_number", "type": "refund"}
    return {
        "id": row.id,
        "object": "refund",
        "amount": row.amount_minor,
        "balance_transaction": line_of(row.id, "refund"),
        "charge": row.charge_id,
        "created": unix(row.created_at),
        "currency": row.currency.lower(),
        "customer": None,
        "customer_account": None,
        "description": None,
        "destination_details": {"type": method, method: card if method == "card" else {}},
        "failure_balance_transaction": line_of(row.id, "refund_failure"),
        "failure_reason": row.failure_code or None,
        "instructions_email": None,
        "metadata": row.metadata,
        "next_action": None,
        "payment_intent": row.charge.intent_id,
        "payment_method": charges.means(row.charge),
        "pending_reason": "processing" if row.status == CardRefund.Status.PENDING else None,
        "reason": row.reason or None,
        "receipt_number": None,
        "source_transfer_reversal": None,
        "status": row.status,
        "transfer_reversal": None,
    }
