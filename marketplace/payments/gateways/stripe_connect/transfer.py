"""From the platform's balance to a payee's, out of the charge that the money came by if one is named."""

from typing import Any

from marketplace.core.money import Money
from marketplace.payments.answers import ProviderReversal, ProviderTransfer
from marketplace.payments.gateways.stripe_connect.client import Client
from marketplace.payments.gateways.stripe_connect.objects import PAGE, carrying, money, reference_of


def create(
    client: Client, *, key: str, payee: str, charge: str, amount: Money, reference: str, group: str
) -> ProviderTransfer:
    transfer = client.call(
        "transfer.create",
        lambda sdk: sdk.v1.transfers.create(
            {
                "amount": amount.amount_minor,
                "currency": amount.currency.lower(),
                "destination": payee,
                **({"source_transaction": charge} if charge else {}),
                "transfer_group": group,
                "metadata": {"reference": reference},
            },
            {"idempotency_key": key},
        ),
    )
    return read(transfer)


def get(client: Client, transfer_id: str) -> ProviderTransfer:
    return read(client.call("transfer.get", lambda sdk: sdk.v1.transfers.retrieve(transfer_id)))


def find(client: Client, reference: str, group: str) -> ProviderTransfer | None:
    query = {"transfer_group": group, "limit": PAGE}
    found = client.call(
        "transfer.list",
        lambda sdk: carrying(sdk.v1.transfers.list(query).auto_paging_iter(), reference),
    )
    return read(found) if found else None


def read(transfer: Any) -> ProviderTransfer:
    return ProviderTransfer(transfer.id, reference_of(transfer), money(transfer.amount, transfer.currency))


def reverse(client: Client, transfer_id: str, *, key: str, amount: Money, reference: str) -> ProviderReversal:
    reversal = client.call(
        "transfer.reverse",
        lambda sdk: sdk.v1.transfers.reversals.create(
            transfer_id,
            {"amount": amount.amount_minor, "metadata": {"reference": reference}},
            {"idempotency_key": key},
        ),
    )
    return read_reversal(reversal)


def find_reversal(client: Client, reference: str, transfer_id: str) -> ProviderReversal | None:
    """A transfer tells its reversals; ours has one at most."""
    transfer = client.call("transfer.get", lambda sdk: sdk.v1.transfers.retrieve(transfer_id))
    found = carrying(transfer.reversals.data, reference)
    return read_reversal(found) if found else None


def read_reversal(reversal: Any) -> ProviderReversal:
    return ProviderReversal(reversal.id, reference_of(reversal), money(reversal.amount, reversal.currency))
