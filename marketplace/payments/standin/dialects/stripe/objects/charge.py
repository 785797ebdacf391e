"""`charge`: one attempt to pay."""

from marketplace.payments.standin.dialects.stripe.objects.common import NO_ADDRESS, line_of, unix
from marketplace.payments.standin.models import CardCharge

DECLINED = "Your card was declined."
Status = CardCharge.Status


def write(row: CardCharge) -> dict:
    """A charge, how much of it went back, and whether its cardholder disputes it."""
    failed = row.status == Status.FAILED
    intent = row.intent
    return {
        "id": row.id,
        "object": "charge",
        "amount": row.amount_minor,
        "amount_captured": row.amount_minor if row.status == Status.SUCCEEDED else 0,
        "amount_refunded": row.refunded_minor,
        "application": None,
        "application_fee": None,
        "application_fee_amount": None,
        "authorization_code": None,
        "balance_transaction": line_of(row.id, "charge"),
        "billing_details": {
            "address": NO_ADDRESS,
            "email": intent.session.customer_email or None,
            "name": None,
            "phone": None,
            "tax_id": None,
        },
        "calculated_statement_descriptor": "MOORING",
        "captured": not failed,
        "created": unix(row.created_at),
        "currency": row.currency.lower(),
        "customer": None,
        "description": intent.description or None,
        "disputed": row.disputed,
        "failure_balance_transaction": None,
        "failure_code": "card_declined" if failed else None,
        "failure_message": DECLINED if failed else None,
        "fraud_details": {},
        "livemode": False,
        "metadata": intent.metadata,
        "on_behalf_of": None,
        "outcome": _outcome(row),
        "paid": row.status == Status.SUCCEEDED,
        "payment_intent": intent.id,
        "payment_method": means(row),
        "payment_method_details": _details(row),
        "presentment_details": None,
        "radar_options": {},
        "receipt_email": None,
        "receipt_number": None,
        "receipt_url": None,
        "refunded": row.refunded_minor == row.amount_minor,
        "refunds": None,
        "review": None,
        "shipping": None,
        "source": None,
        "source_transfer": None,
        "statement_descriptor": None,
        "statement_descriptor_suffix": None,
        "status": row.status,
        "transfer_data": None,
        "transfer_group": intent.transfer_group or None,
    }


def means(row: CardCharge) -> str:
    """What was paid with; every attempt has a card of its own."""
    return f"pm_{row.id.partition('_')[2][:24]}"


def _outcome(row: CardCharge) -> dict:
    failed = row.status == Status.FAILED
    return {
        "advice_code": "try_again_later" if failed else None,
        "network_advice_code": None,
        "network_decline_code": None,
        "network_status": "declined_by_network" if failed else "approved_by_network",
        "reason": row.failure_code or None,
        "risk_level": "normal",
        "risk_score": 20,
        "seller_message": DECLINED if failed else "Payment complete.",
        "type": "issuer_declined" if failed else "authorized",
    }


def _details(row: CardCharge) -> dict:
    if row.method != "card":
        debit = {"bank_code": "37040044", "branch_code": "", "country": "DE", "fingerprint": None, "last4": "3000"}
        return {"type": "sepa_debit", "sepa_debit": debit | {"expected_debit_date": None, "mandate": None}}
    card = {
        "amount_authorized": row.amount_minor,
        "authorization_code": None,
        "brand": "visa",
        "checks": {"address_line1_check": None, "address_postal_code_check": None, "cvc_check": "pass"},
        "country": "US",
        "exp_month": 12,
        "exp_year": 2034,
        "extended_authorization": {"status": "disabled"},
        "fingerprint": "Xt5EWLLDS7FJjR1c",
        "funding": "credit",
        "incremental_authorization": {"status": "unavailable"},
        "installments": None,
        "last4": "0002" if row.status == Status.FAILED else "4242",
        "mandate": None,
        "multicapture": {"status": "unavailable"},
        "network": "visa",
        "network_token": {"used": False},
        "network_transaction_id": None,
        "overcapture": {"maximum_amount_capturable": row.amount_minor, "status": "unavailable"},
        "regulated_status": "unregulated",
        "three_d_secure": None,
        "transaction_link_id": None,
        "wallet": None,
    }
    return {"type": "card", "card": card}
