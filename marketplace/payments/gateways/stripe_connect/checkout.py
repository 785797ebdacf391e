"""Money in: a Checkout Session, whose charge stays on the platform."""

from datetime import UTC, datetime, timedelta
from typing import Any

from marketplace.core.money import Money
from marketplace.payments.answers import Charge, Checkout
from marketplace.payments.gateways.stripe_connect.client import Client
from marketplace.payments.gateways.stripe_connect.objects import PAGE, carrying, fee_of, money, reference_of

CHARGE = "payment_intent.latest_charge.balance_transaction"
# How far Stripe's clock and ours may be apart.
SKEW = timedelta(minutes=15)


def create(
    client: Client,
    *,
    key: str,
    amount: Money,
    reference: str,
    description: str,
    success_url: str,
    cancel_url: str,
    group: str,
) -> Checkout:
    price = {
        "currency": amount.currency.lower(),
        "unit_amount": amount.amount_minor,
        "product_data": {"name": description},
    }
    metadata = {"reference": reference}
    session = client.call(
        "checkout.create",
        lambda sdk: sdk.v1.checkout.sessions.create(
            {
                "mode": "payment",
                "client_reference_id": reference,
                "line_items": [{"price_data": price, "quantity": 1}],
                "metadata": metadata,
                "payment_intent_data": {"description": description, "metadata": metadata, "transfer_group": group},
                "success_url": success_url,
                "cancel_url": cancel_url,
            },
            {"idempotency_key": key},
        ),
    )
    return read(session)


def get(client: Client, session_id: str) -> Checkout:
    return read(
        client.call("checkout.get", lambda sdk: sdk.v1.checkout.sessions.retrieve(session_id, {"expand": [CHARGE]}))
    )


def find(client: Client, reference: str, since: datetime) -> Checkout | None:
    """The newest of ours that was opened after `since`."""
    created = {"gte": int((since - SKEW).timestamp())}
    query = {"created": created, "limit": PAGE, "expand": [f"data.{CHARGE}"]}
    found = client.call(
        "checkout.list",
        lambda sdk: carrying(sdk.v1.checkout.sessions.list(query).auto_paging_iter(), reference),
    )
    return read(found) if found else None


def read(session: Any) -> Checkout:
    paid = session.payment_status == "paid"
    return Checkout(
        session.id,
        _status(session),
        session.url or "",
        reference_of(session),
        money(session.amount_total, session.currency),
        _charge(session.payment_intent.latest_charge) if paid else None,
    )


def _status(session: Any) -> str:
    """Complete means only that the payer is through: whether the money came is said elsewhere."""
    if session.status != "complete":
        return str(session.status)
    if session.payment_status == "paid":
        return "paid"
    waits = session.payment_intent.status in ("processing", "requires_capture")
    return "processing" if waits else "declined"


def _charge(charge: Any) -> Charge:
    made = datetime.fromtimestamp(charge.created, tz=UTC)
    return Charge(charge.id, money(charge.amount, charge.currency), made, fee_of(charge.balance_transaction))
