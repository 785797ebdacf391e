"""Whom Stripe pays: an Account (v2) with the recipient configuration, and the bank account behind it.

Her pages are Stripe's: what she types there never comes here. Her money goes out only when we say so: the schedule of
her payouts is set to manual as soon as the account is made, and again when an account made before is found.
"""

from typing import Any

from marketplace.payments.answers import ProviderPayee
from marketplace.payments.gateways.stripe_connect import requirements
from marketplace.payments.gateways.stripe_connect.client import Client
from marketplace.payments.gateways.stripe_connect.objects import PAGE, carrying, id_of, reference_of

INCLUDE = ["configuration.recipient", "identity", "requirements"]
TRANSFERS = {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}}
# The platform pays Stripe's fees and bears what an account cannot: the only way with separate charges and transfers.
RESPONSIBILITIES = {"fees_collector": "application", "losses_collector": "application"}
MANUAL = {"payments": {"payouts": {"schedule": {"interval": "manual"}}}}


def create(client: Client, *, key: str, reference: str, label: str, email: str, country: str) -> ProviderPayee:
    account = client.call(
        "payee.create",
        lambda sdk: sdk.v2.core.accounts.create(
            {
                "display_name": label,
                **({"contact_email": email} if email else {}),
                **({"identity": {"country": country.lower()}} if country else {}),
                "dashboard": "express",
                "defaults": {"responsibilities": RESPONSIBILITIES},
                "configuration": {"recipient": TRANSFERS},
                "include": INCLUDE,
                "metadata": {"reference": reference},
            },
            {"idempotency_key": key},
        ),
    )
    pay_out_by_hand(client, account.id)
    return read(account, [])


def get(client: Client, account_id: str) -> ProviderPayee:
    account = client.call("payee.get", lambda sdk: sdk.v2.core.accounts.retrieve(account_id, {"include": INCLUDE}))
    outside = client.call(
        "payee.bank", lambda sdk: sdk.v1.accounts.external_accounts.list(account_id, {"object": "bank_account"})
    )
    return read(account, outside.data)


def find(client: Client, reference: str) -> ProviderPayee | None:
    """Accounts have no filter for what they carry: all of them are read, so only somebody whose account may have been
    made and forgotten is looked for."""
    found = client.call(
        "payee.list",
        lambda sdk: carrying(
            sdk.v2.core.accounts.list({"applied_configurations": ["recipient"], "limit": PAGE}).auto_paging_iter(),
            reference,
        ),
    )
    if found is None:
        return None
    pay_out_by_hand(client, found.id)
    return get(client, found.id)


def page(client: Client, account_id: str, *, key: str, return_url: str) -> str:
    """Where she goes on: through the questions the first time, to what she may change afterwards."""
    is_aboard = get(client, account_id).payouts_enabled
    kind = "account_update" if is_aboard else "account_onboarding"
    ways = {"refresh_url": return_url, "return_url": return_url}
    link = client.call(
        "payee.link",
        lambda sdk: sdk.v2.core.account_links.create(
            {"account": account_id, "use_case": {"type": kind, kind: ways}}, {"idempotency_key": key}
        ),
    )
    return str(link.url)


def pay_out_by_hand(client: Client, account_id: str) -> None:
    """Again changes nothing."""
    client.call("payee.schedule", lambda sdk: sdk.v1.balance_settings.update(MANUAL, {"stripe_account": account_id}))


def read(account: Any, outside: list[Any]) -> ProviderPayee:
    bank = _paid_to(account, outside)
    return ProviderPayee(
        account.id,
        reference_of(account),
        (bank and bank.account_holder_name) or _name(account.identity),
        (bank and bank.bank_name) or "",
        bank.last4 if bank else "",
        (bank and bank.fingerprint) or "",
        bank is not None and not account.closed and _takes_transfers(account),
        requirements.kinds(account),
    )


def _takes_transfers(account: Any) -> bool:
    recipient = account.configuration.recipient if account.configuration else None
    balance = recipient.capabilities.stripe_balance if recipient and recipient.capabilities else None
    transfers = balance.stripe_transfers if balance else None
    return transfers is not None and transfers.status == "active"


def _paid_to(account: Any, outside: list[Any]) -> Any:
    """The bank account that payouts go to: the one that the account names, else the first default."""
    recipient = account.configuration.recipient if account.configuration else None
    named = id_of(recipient.default_outbound_destination) if recipient else ""
    chosen = [bank for bank in outside if bank.id == named] or [bank for bank in outside if bank.default_for_currency]
    return (chosen or outside or [None])[0]


def _name(identity: Any) -> str:
    """As Stripe has checked it: a person's name, or a company's registered one."""
    person = getattr(identity, "individual", None) if identity else None
    business = getattr(identity, "business_details", None) if identity else None
    if person is not None:
        return " ".join(filter(None, (person.given_name, person.surname)))
    return (business and business.registered_name) or ""
