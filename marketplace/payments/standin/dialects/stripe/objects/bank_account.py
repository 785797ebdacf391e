"""`bank_account`: where a connected account's money goes outside. Its number is not kept here, nor told."""

from marketplace.payments.standin.models import ConnectedAccount


def write(row: ConnectedAccount) -> dict:
    """The one that she named."""
    return {
        "id": id_of(row),
        "object": "bank_account",
        "account": row.id,
        "account_holder_name": row.holder or None,
        "account_holder_type": row.entity_type if row.entity_type in ("individual", "company") else None,
        "account_type": None,
        "available_payout_methods": ["standard"],
        "bank_name": row.bank_name or None,
        "country": row.country or "US",
        "currency": (row.default_currency or "USD").lower(),
        "customer": None,
        "default_for_currency": True,
        "fingerprint": row.fingerprint[:16],
        "future_requirements": {"currently_due": [], "errors": [], "past_due": [], "pending_verification": []},
        "last4": row.last4,
        "metadata": {},
        "requirements": {"currently_due": [], "errors": [], "past_due": [], "pending_verification": []},
        "routing_number": None,
        "status": "new",
    }


def id_of(row: ConnectedAccount) -> str:
    """The same for the same number."""
    return f"ba_{row.fingerprint[:24]}"
