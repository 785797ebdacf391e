"""`payment_intent`: one amount to be paid."""

from marketplace.payments.standin.dialects.stripe.objects import charge as charges
from marketplace.payments.standin.dialects.stripe.objects.common import unix
from marketplace.payments.standin.engine.acquirer import intents
from marketplace.payments.standin.models import CardIntent

Status = CardIntent.Status
_STATUS = {
    Status.WAITING: "requires_payment_method",
    Status.CHALLENGED: "requires_action",
    Status.PROCESSING: "processing",
    Status.SUCCEEDED: "succeeded",
    Status.CANCELED: "canceled",
}


def write(row: CardIntent) -> dict:
    """An intent, with the id of its last attempt and what that attempt's bank said."""
    charge = intents.latest_charge(row)
    with_means = charge is not None and row.status in (Status.PROCESSING, Status.SUCCEEDED)
    return {
        "id": row.id,
        "object": "payment_intent",
        "amount": row.amount_minor,
        "amount_capturable": 0,
        "amount_details": {"tip": {}},
        "amount_received": row.amount_minor if row.status == Status.SUCCEEDED else 0,
        "application": None,
        "application_fee_amount": None,
        "automatic_payment_methods": None,
        "canceled_at": unix(row.canceled_at) if row.canceled_at else None,
        "cancellation_reason": "automatic" if row.canceled_at else None,
        "capture_method": "automatic_async",
        "client_secret": f"{row.id}_secret_of_nobody",
        "confirmation_method": "automatic",
        "created": unix(row.created_at),
        "currency": row.currency.lower(),
        "customer": None,
        "customer_account": None,
        "description": row.description or None,
        "excluded_payment_method_types": None,
        "last_payment_error": _error(row, charge.id if charge else None),
        "latest_charge": charge.id if charge else None,
        "livemode": False,
        "managed_payments": {"enabled": False},
        "metadata": row.metadata,
        "next_action": {"type": "use_stripe_sdk"} if row.status == Status.CHALLENGED else None,
        "on_behalf_of": None,
        "payment_method": charges.means(charge) if with_means else None,
        "payment_method_configuration_details": None,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card", "sepa_debit"],
        "processing": None,
        "receipt_email": None,
        "review": None,
        "setup_future_usage": None,
        "shipping": None,
        "source": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": _STATUS[row.status],
        "transfer_data": None,
        "transfer_group": row.transfer_group or None,
    }


def _error(row: CardIntent, charge_id: str | None) -> dict | None:
    if not row.failure_code:
        return None
    return {
        "type": "card_error",
        "code": "card_declined",
        "decline_code": row.failure_code,
        "charge": charge_id,
        "message": charges.DECLINED,
        "doc_url": "https://docs.stripe.com/error-codes#card-declined",
    }
