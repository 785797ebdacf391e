"""`dispute`: a cardholder who took her money back."""

from marketplace.payments.standin.dialects.stripe.objects import movement
from marketplace.payments.standin.dialects.stripe.objects.common import unix
from marketplace.payments.standin.engine import clock
from marketplace.payments.standin.models import CardDispute, Movement

EVIDENCE = (
    "access_activity_log",
    "billing_address",
    "cancellation_policy",
    "cancellation_policy_disclosure",
    "cancellation_rebuttal",
    "customer_communication",
    "customer_email_address",
    "customer_name",
    "customer_purchase_ip",
    "customer_signature",
    "duplicate_charge_documentation",
    "duplicate_charge_explanation",
    "duplicate_charge_id",
    "product_description",
    "receipt",
    "refund_policy",
    "refund_policy_disclosure",
    "refund_refusal_explanation",
    "service_date",
    "service_documentation",
    "shipping_address",
    "shipping_carrier",
    "shipping_date",
    "shipping_documentation",
    "shipping_tracking_number",
    "uncategorized_file",
    "uncategorized_text",
)
_NETWORK_CODES = {"fraudulent": "10.4", "product_not_received": "13.1", "product_unacceptable": "13.3"}


def write(row: CardDispute) -> dict:
    """A dispute, the evidence so far, and the lines that it drew on the balance."""
    lines = Movement.objects.filter(source=row.id).order_by("-seq")
    code = _NETWORK_CODES.get(row.reason, "13.7")
    return {
        "id": row.id,
        "object": "dispute",
        "amount": row.amount_minor,
        "balance_transactions": [movement.write(line) for line in lines],
        "charge": row.charge_id,
        "created": unix(row.created_at),
        "currency": row.currency.lower(),
        "enhanced_eligibility_types": [],
        "evidence": {
            "appeal": None,
            **{name: row.evidence.get(name) for name in EVIDENCE},
            "enhanced_evidence": {},
        },
        "evidence_details": {
            "due_by": unix(row.due_by),
            "enhanced_eligibility": {},
            "has_evidence": bool(row.evidence),
            "past_due": row.due_by <= clock.now(),
            "submission_count": row.submissions,
            "submission_method": "manual" if row.submissions else "not_submitted",
        },
        "is_charge_refundable": False,
        "livemode": False,
        "metadata": row.metadata,
        "network_reason_code": code,
        "payment_intent": row.charge.intent_id,
        "payment_method_details": {
            "type": "card",
            "card": {"brand": "visa", "case_type": "chargeback", "network": "visa", "network_reason_code": code},
        },
        "reason": row.reason,
        "status": row.status,
    }
