"""From a payee's balance to her bank: on her own account there."""

from typing import Any

from marketplace.core.money import Money
from marketplace.payments.answers import ProviderPayout
from marketplace.payments.gateways.stripe_connect.client import Client
from marketplace.payments.gateways.stripe_connect.objects import PAGE, carrying, money, reference_of

STATUS = {"paid": "paid", "failed": "failed", "canceled": "failed"}


def create(client: Client, *, key: str, payee: str, amount: Money, reference: str) -> ProviderPayout:
    payout = client.call(
        "payout.create",
        lambda sdk: sdk.v1.payouts.create(
            {
                "amount": amount.amount_minor,
                "currency": amount.currency.lower(),
                "metadata": {"reference": reference},
            },
            {"idempotency_key": key, "stripe_account": payee},
        ),
    )
    return read(payout)


def get(client: Client, payout_id: str, payee: str) -> ProviderPayout:
    return read(
        client.call("payout.get", lambda sdk: sdk.v1.payouts.retrieve(payout_id, None, {"stripe_account": payee}))
    )


def find(client: Client, reference: str, payee: str) -> ProviderPayout | None:
    found = client.call(
        "payout.list",
        lambda sdk: carrying(
            sdk.v1.payouts.list({"limit": PAGE}, {"stripe_account": payee}).auto_paging_iter(), reference
        ),
    )
    return read(found) if found else None


def read(payout: Any) -> ProviderPayout:
    """Which of her bank accounts it goes to is told by her account, not here."""
    return ProviderPayout(
        payout.id,
        STATUS.get(payout.status, "in_transit"),
        reference_of(payout),
        money(payout.amount, payout.currency),
        "",
        payout.failure_code or "",
    )
