"""`payout`: from a connected account to its bank."""

from marketplace.payments.standin.dialects.stripe.objects.common import line_of, unix
from marketplace.payments.standin.models import ConnectedPayout

_MESSAGES = {"account_closed": "The bank account has been closed."}


def write(row: ConnectedPayout) -> dict:
    """A payout and where it has got to."""
    return {
        "id": row.id,
        "object": "payout",
        "amount": row.amount_minor,
        "application_fee": None,
        "application_fee_amount": None,
        "arrival_date": unix(row.arrives_at),
        "automatic": row.automatic,
        "balance_transaction": line_of(row.id, "payout", owner=row.account_id),
        "created": unix(row.created_at),
        "currency": row.currency.lower(),
        "description": row.description or None,
        "destination": row.bank_account,
        "failure_balance_transaction": line_of(row.id, "payout_failure", owner=row.account_id),
        "failure_code": row.failure_code or None,
        "failure_message": _MESSAGES.get(row.failure_code),
        "livemode": False,
        "metadata": row.metadata,
        "method": "standard",
        "original_payout": None,
        "payout_method": None,
        "reconciliation_status": "not_applicable" if not row.automatic else "completed",
        "reversed_by": None,
        "source_type": "card",
        "statement_descriptor": row.statement_descriptor or None,
        "status": row.status,
        "trace_id": None,
        "type": "bank_account",
    }
