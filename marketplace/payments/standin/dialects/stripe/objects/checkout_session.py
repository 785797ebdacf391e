"""`checkout.session`: the hosted page for one payment."""

from django.conf import settings

from marketplace.payments.standin.dialects.stripe.objects.common import NO_ADDRESS, listed, unix
from marketplace.payments.standin.models import CardIntent, CardSession


def write(row: CardSession) -> dict:
    """A session; it has a page to send the payer to only while it is open."""
    open_now = row.status == CardSession.Status.OPEN
    return {
        "id": row.id,
        "object": "checkout.session",
        "adaptive_pricing": {"enabled": False},
        "after_expiration": None,
        "allow_promotion_codes": None,
        "amount_subtotal": row.amount_minor,
        "amount_total": row.amount_minor,
        "automatic_tax": {"enabled": False, "liability": None, "provider": None, "status": None},
        "billing_address_collection": None,
        "branding_settings": None,
        "cancel_url": row.cancel_url or None,
        "client_reference_id": row.reference or None,
        "client_secret": None,
        "collected_information": None,
        "consent": None,
        "consent_collection": None,
        "created": unix(row.created_at),
        "currency": row.currency.lower(),
        "currency_conversion": None,
        "custom_fields": [],
        "custom_text": {
            "after_submit": None,
            "shipping_address": None,
            "submit": None,
            "terms_of_service_acceptance": None,
        },
        "customer": None,
        "customer_account": None,
        "customer_creation": "if_required",
        "customer_details": _payer(row),
        "customer_email": row.customer_email or None,
        "discounts": [],
        "expires_at": unix(row.expires_at),
        "integration_identifier": None,
        "invoice": None,
        "invoice_creation": {
            "enabled": False,
            "invoice_data": {
                "account_tax_ids": None,
                "custom_fields": None,
                "description": None,
                "footer": None,
                "issuer": None,
                "metadata": {},
                "rendering_options": None,
            },
        },
        "livemode": False,
        "locale": row.locale or None,
        "managed_payments": {"enabled": False},
        "metadata": row.metadata,
        "mode": "payment",
        "origin_context": None,
        "payment_intent": row.intent_id,
        "payment_link": None,
        "payment_method_collection": "if_required",
        "payment_method_configuration_details": None,
        "payment_method_options": {"card": {"request_three_d_secure": "automatic"}},
        "payment_method_types": ["card", "sepa_debit"],
        "payment_status": "paid" if row.paid else "unpaid",
        "permissions": None,
        "phone_number_collection": {"enabled": False},
        "recovered_from": None,
        "saved_payment_method_options": None,
        "setup_intent": None,
        "shipping_address_collection": None,
        "shipping_cost": None,
        "shipping_options": [],
        "status": row.status,
        "submit_type": None,
        "subscription": None,
        "success_url": row.success_url,
        "total_details": {"amount_discount": 0, "amount_shipping": 0, "amount_tax": 0},
        "ui_mode": "hosted_page",
        "url": f"{settings.STANDIN.public_url}/c/pay/{row.id}" if open_now else None,
        "wallet_options": None,
    }


def line_items_of(session_id: str) -> dict:
    """What is paid for: only there when it is asked for."""
    row = CardSession.objects.get(pk=session_id)
    items = [_item(row, number, line) for number, line in enumerate(row.lines)]
    return listed(items, f"/v1/checkout/sessions/{row.id}/line_items")


def _payer(row: CardSession) -> dict | None:
    if not row.customer_email and not row.intent_id:
        return None
    return {
        "address": NO_ADDRESS,
        "business_name": None,
        "email": row.customer_email or None,
        "individual_name": None,
        "name": None,
        "phone": None,
        "tax_exempt": "none",
        "tax_ids": [],
    }


def _item(row: CardSession, number: int, line: dict) -> dict:
    total = line["unit_minor"] * line["quantity"]
    return {
        "id": f"li_{row.id.removeprefix('cs_test_')}_{number}",
        "object": "item",
        "amount_discount": 0,
        "amount_subtotal": total,
        "amount_tax": 0,
        "amount_total": total,
        "currency": row.currency.lower(),
        "description": line["name"],
        "price": None,
        "quantity": line["quantity"],
    }


def is_challenged(row: CardSession) -> bool:
    """Whether the payer is in the middle of proving who she is."""
    return row.intent is not None and row.intent.status == CardIntent.Status.CHALLENGED
