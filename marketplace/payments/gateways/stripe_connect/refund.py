"""Money back: to the charge that it came from."""

from typing import Any

from marketplace.core.money import Money
from marketplace.payments.answers import ProviderRefund
from marketplace.payments.gateways.stripe_connect.client import Client
from marketplace.payments.gateways.stripe_connect.objects import PAGE, carrying, fee_of, id_of, money, reference_of

LINES = ("balance_transaction", "failure_balance_transaction")
STATUS = {"succeeded": "succeeded", "failed": "failed", "canceled": "failed"}


def create(client: Client, *, key: str, charge: str, amount: Money, reference: str, reason: str) -> ProviderRefund:
    refund = client.call(
        "refund.create",
        lambda sdk: sdk.v1.refunds.create(
            {
                "charge": charge,
                "amount": amount.amount_minor,
                "metadata": {"reference": reference, "reason": reason},
                "expand": list(LINES),
            },
            {"idempotency_key": key},
        ),
    )
    return read(refund)


def get(client: Client, refund_id: str) -> ProviderRefund:
    return read(client.call("refund.get", lambda sdk: sdk.v1.refunds.retrieve(refund_id, {"expand": list(LINES)})))


def find(client: Client, reference: str, charge: str) -> ProviderRefund | None:
    query = {"charge": charge, "limit": PAGE, "expand": [f"data.{line}" for line in LINES]}
    found = client.call(
        "refund.list",
        lambda sdk: carrying(sdk.v1.refunds.list(query).auto_paging_iter(), reference),
    )
    return read(found) if found else None


def read(refund: Any) -> ProviderRefund:
    return ProviderRefund(
        refund.id,
        STATUS.get(refund.status, "pending"),
        reference_of(refund),
        id_of(refund.charge),
        money(refund.amount, refund.currency),
        getattr(refund, "failure_reason", None) or "",
        fee_of(*(getattr(refund, line, None) for line in LINES)),
    )
