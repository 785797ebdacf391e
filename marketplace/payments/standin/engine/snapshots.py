"""How objects look from outside: in answers, and frozen into events."""

from datetime import datetime

from django.conf import settings

from marketplace.payments.standin.models import Charge, Checkout, Payee, PayeeLink, Payout, Refund, Reversal, Transfer


def instant(moment: datetime) -> str:
    """ISO 8601 in UTC."""
    return moment.isoformat().replace("+00:00", "Z")


def checkout(row: Checkout) -> dict:
    """A checkout, with its charge once there is one."""
    charge_row = Charge.objects.filter(checkout=row).first()
    return {
        "object": "checkout",
        "id": row.id,
        "status": row.status,
        "url": f"{settings.STANDIN.public_url}/pay/{row.id}",
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "reference": row.reference,
        "description": row.description,
        "payer_label": row.payer_label,
        "metadata": row.metadata,
        "success_url": row.success_url,
        "cancel_url": row.cancel_url,
        "charge": charge(charge_row) if charge_row else None,
        "created_at": instant(row.created_at),
        "expires_at": instant(row.expires_at),
    }


def charge(row: Charge) -> dict:
    """A charge, and how much of it went back."""
    return {
        "object": "charge",
        "id": row.id,
        "checkout": row.checkout_id,
        "amount_minor": row.amount_minor,
        "refunded_minor": row.refunded_minor,
        "transferred_minor": row.transferred_minor,
        "currency": row.currency,
        "reference": row.reference,
        "created_at": instant(row.created_at),
    }


def refund(row: Refund) -> dict:
    """A refund and where it has got to."""
    return {
        "object": "refund",
        "id": row.id,
        "charge": row.charge_id,
        "status": row.status,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "reference": row.reference,
        "reason": row.reason,
        "failure_code": row.failure_code or None,
        "created_at": instant(row.created_at),
    }


def payee(row: Payee) -> dict:
    """A payee; of her account outside what may leave: the last four digits, and a fingerprint."""
    return {
        "object": "payee",
        "id": row.id,
        "reference": row.reference,
        "label": row.label,
        "holder": row.holder,
        "bank_name": row.bank_name,
        "last4": row.last4,
        "fingerprint": row.fingerprint,
        "payouts_enabled": row.payouts_enabled,
        "created_at": instant(row.created_at),
        "changed_at": instant(row.changed_at),
    }


def payee_link(row: PayeeLink) -> dict:
    """A way to the hosted page."""
    return {
        "object": "payee_link",
        "id": row.id,
        "payee": row.payee_id,
        "url": f"{settings.STANDIN.public_url}/payee/{row.id}",
        "expires_at": instant(row.expires_at),
    }


def transfer(row: Transfer) -> dict:
    """A transfer, and how much of it came back."""
    return {
        "object": "transfer",
        "id": row.id,
        "payee": row.payee_id,
        "charge": row.charge_id,
        "amount_minor": row.amount_minor,
        "reversed_minor": row.reversed_minor,
        "currency": row.currency,
        "reference": row.reference,
        "created_at": instant(row.created_at),
    }


def reversal(row: Reversal) -> dict:
    """What came back of a transfer."""
    return {
        "object": "reversal",
        "id": row.id,
        "transfer": row.transfer_id,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "reference": row.reference,
        "created_at": instant(row.created_at),
    }


def payout(row: Payout) -> dict:
    """A payout and where it has got to."""
    return {
        "object": "payout",
        "id": row.id,
        "payee": row.payee_id,
        "status": row.status,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "reference": row.reference,
        "last4": row.last4,
        "failure_code": row.failure_code or None,
        "created_at": instant(row.created_at),
        "arrives_at": instant(row.arrives_at),
    }
