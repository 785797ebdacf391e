"""`v2.core.account` and its link: somebody who is paid. A part that was not asked for is null, as at Stripe."""

from collections.abc import Iterable

from django.conf import settings

from marketplace.payments.standin.dialects.stripe.objects import bank_account
from marketplace.payments.standin.dialects.stripe.objects.common import iso
from marketplace.payments.standin.models import ConnectedAccount, OnboardingLink

PARTS = ("configuration.recipient", "defaults", "identity", "requirements")
Transfers = ConnectedAccount.Transfers
_CAPABILITY = "stripe_balance.stripe_transfers"


def write(row: ConnectedAccount, include: Iterable[str] = ()) -> dict:
    """An account, with the parts that were asked for."""
    parts = {
        "configuration.recipient": _recipient,
        "defaults": _defaults,
        "identity": _identity,
        "requirements": _requirements,
    }
    told = {name: parts[name](row) for name in include if name in parts}
    recipient = told.get("configuration.recipient")
    return {
        "id": row.id,
        "object": "v2.core.account",
        "applied_configurations": ["recipient"] if row.transfers != Transfers.NOT_ASKED else [],
        "closed": row.closed_at is not None,
        "configuration": {"customer": None, "merchant": None, "recipient": recipient} if recipient else None,
        "contact_email": row.contact_email or None,
        "contact_phone": None,
        "created": iso(row.created_at),
        "dashboard": row.dashboard,
        "defaults": told.get("defaults"),
        "display_name": row.display_name or None,
        "future_requirements": None,
        "identity": told.get("identity"),
        "livemode": False,
        "metadata": row.metadata,
        "requirements": told.get("requirements"),
    }


def write_all(row: ConnectedAccount) -> dict:
    """An account with every part."""
    return write(row, PARTS)


def write_link(row: OnboardingLink) -> dict:
    """A way to the hosted page."""
    return {
        "object": "v2.core.account_link",
        "account": row.account_id,
        "created": iso(row.created_at),
        "expires_at": iso(row.expires_at),
        "livemode": False,
        "url": f"{settings.STANDIN.public_url}/setup/{row.id}",
        "use_case": {
            "type": row.use_case,
            row.use_case: {
                "refresh_url": row.refresh_url,
                "return_url": row.return_url,
            },
        },
    }


def _recipient(row: ConnectedAccount) -> dict:
    asked = row.transfers != Transfers.NOT_ASKED
    transfers = {"status": _status(row), "status_details": _details(row)} if asked else None
    outside = {"id": bank_account.id_of(row), "type": "us_bank_account"} if row.last4 else None
    return {
        "applied": asked,
        "capabilities": {
            "bank_accounts": None,
            "cards": None,
            "crypto_wallets": None,
            "paper_checks": None,
            "stripe_balance": {"payouts": None, "stripe_transfers": transfers},
        },
        "default_outbound_destination": outside,
    }


def _status(row: ConnectedAccount) -> str:
    if row.closed_at:
        return "restricted"
    return {Transfers.ACTIVE: "active", Transfers.REFUSED: "rejected"}.get(row.transfers, "restricted")


def _details(row: ConnectedAccount) -> list[dict]:
    """Why transfers are not possible."""
    if row.transfers == Transfers.REFUSED:
        return [{"code": "rejected_other", "resolution": "contact_stripe"}]
    if row.transfers == Transfers.ACTIVE:
        return []
    return [{"code": "requirements_past_due", "resolution": "provide_info"}]


def _defaults(row: ConnectedAccount) -> dict:
    return {
        "currency": row.default_currency.lower() or None,
        "locales": None,
        "profile": None,
        "responsibilities": {
            "fees_collector": row.responsibilities.get("fees_collector"),
            "losses_collector": row.responsibilities.get("losses_collector"),
            "requirements_collector": "stripe",
        },
    }


def _identity(row: ConnectedAccount) -> dict:
    return {
        "attestations": None,
        "business_details": None,
        "country": row.country.lower() or None,
        "entity_type": row.entity_type or None,
        "individual": None,
    }


def _requirements(row: ConnectedAccount) -> dict:
    deadline = {"status": "currently_due", **({"time": iso(row.due_by)} if row.due_by else {})}
    blocks = row.transfers == Transfers.RESTRICTED
    effect = {"capability": _CAPABILITY, "configuration": "recipient", "deadline": deadline}
    entries = [
        {
            "awaiting_action_from": "user",
            "description": item,
            "errors": [],
            "impact": {"restricts_capabilities": [effect]},
            "minimum_deadline": deadline,
            "reference": None,
            "requested_reasons": [{"code": "routine_onboarding" if blocks else "routine_verification"}],
        }
        for item in row.due
    ]
    return {"collector": "stripe", "entries": entries, "summary": {"minimum_deadline": deadline if row.due else None}}
