"""The official SDK against the stand-in; everything that it is answered is held against the frozen schemas."""

import json
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import stripe
from jsonschema import Draft202012Validator

from tests.support.bank import Bank

ROOT = Path(__file__).resolve().parents[2]
SCHEMAS = ROOT / "marketplace/payments/standin/dialects/stripe/schemas/objects"
EXAMPLES = ROOT / "tests/data/stripe"
FORMS = {"list", "item", "search_result", "v2.core.deleted_object"}  # what holds objects, or has no schema of its own


class Checking(stripe.RequestsClient):
    """Keeps every answer, and refuses one that Stripe would not give."""

    def __init__(self, timeout: float) -> None:
        super().__init__(timeout=timeout)
        self.answers: list[tuple[str, str, int]] = []

    def request(self, method: str, url: str, headers: dict, post_data: object = None, **more: object) -> tuple:
        body, status, answered = super().request(method, url, headers, post_data, **more)
        self.answers.append((method, url, status))
        if status == 200 and answered.get("Content-Type") == "application/json" and _is_whole(body):
            check(json.loads(body))
        return body, status, answered


def check(node: object) -> None:
    """Every object in here satisfies its schema and has all the fields of Stripe's published example."""
    if isinstance(node, list):
        for item in node:
            check(item)
    if isinstance(node, dict):
        if (kind := node.get("object")) and isinstance(kind, str) and kind not in FORMS:
            wrong = [f"{error.json_path}: {error.message}" for error in _validator(kind).iter_errors(node)]
            assert wrong == [], f"{kind}: {wrong}"
            assert _example_fields(kind) - node.keys() == set(), kind
        for value in node.values():
            check(value)


@dataclass
class StripeApi:
    """A client of the stand-in, and what most tests need to have happened."""

    bank: Bank
    timeout: float = 10.0
    retries: int = 0
    url: str = ""  # where it dials, when that is not the bank itself
    http: Checking = field(init=False)
    client: stripe.StripeClient = field(init=False)

    def __post_init__(self) -> None:
        self.http = Checking(self.timeout)
        self.client = stripe.StripeClient(
            self.bank.stripe_key,
            base_addresses=dict.fromkeys(("api", "connect", "files", "meter_events"), self.url or self.bank.url),
            max_network_retries=self.retries,
            http_client=self.http,
        )

    @property
    def v1(self) -> object:
        return self.client.v1

    @property
    def accounts(self) -> object:
        return self.client.v2.core.accounts

    def session(self, amount: int = 100_000, *, currency: str = "usd", **fields: object) -> object:
        """An open session for one thing."""
        return self.v1.checkout.sessions.create(session_params(amount, currency, **fields))

    def charge(self, amount: int = 100_000, **fields: object) -> object:
        """A charge that was paid; its money is pending for two days of the bank's clock."""
        session = self.session(amount, **fields)
        self.bank.pay_session(session.id)
        paid = self.v1.checkout.sessions.retrieve(session.id, {"expand": ["payment_intent.latest_charge"]})
        return paid.payment_intent.latest_charge

    def account(self, *, onboarded: bool = True, daily: bool = False) -> str:
        """The id of somebody who can be paid, by hand unless `daily`."""
        made = self.accounts.create(ACCOUNT)
        if onboarded:
            self.bank.onboard(made.id)
        if not daily:
            schedule = {"payments": {"payouts": {"schedule": {"interval": "manual"}}}}
            self.v1.balance_settings.update(schedule, {"stripe_account": made.id})
        return made.id

    def transfer(self, account: str, amount: int, *, charge: str | None = None, **fields: object) -> object:
        source = {"source_transaction": charge} if charge else {}
        given = {"amount": amount, "currency": "usd", "destination": account, **source, **fields}
        return self.v1.transfers.create(given)

    def balance(self, account: str | None = None, currency: str = "usd") -> tuple[int, int]:
        """What is available and what is pending."""
        found = self.v1.balance.retrieve(options={"stripe_account": account} if account else {})
        parts = ({part.currency: part.amount for part in side} for side in (found.available, found.pending))
        return tuple(part.get(currency, 0) for part in parts)

    def lines(self, account: str | None = None) -> list[tuple[str, int, int]]:
        """Kind, amount and fee of every line of a balance, oldest first."""
        options = {"stripe_account": account} if account else {}
        found = self.v1.balance_transactions.list({"limit": 100}, options)
        return [(line.type, line.amount, line.fee) for line in reversed(list(found.data))]

    def events(self, *types: str, account: str | None = None) -> list[object]:
        """The event log, oldest first."""
        options = {"stripe_account": account} if account else {}
        wanted = {"types": list(types)} if types else {}
        return list(reversed(self.v1.events.list({"limit": 100, **wanted}, options).data))


ACCOUNT = {
    "contact_email": "xia@example.com",
    "display_name": "Xia Wei",
    "dashboard": "express",
    "identity": {"country": "us", "entity_type": "individual"},
    "defaults": {
        "currency": "usd",
        "responsibilities": {"fees_collector": "application", "losses_collector": "application"},
    },
    "configuration": {
        "recipient": {"capabilities": {"stripe_balance": {"stripe_transfers": {"requested": True}}}},
    },
    "include": ["configuration.recipient", "defaults", "identity", "requirements"],
    "metadata": {"party": "pty_1"},
}


def session_params(amount: int = 100_000, currency: str = "usd", **fields: object) -> dict:
    """What Mooring would send to open a session."""
    price = {"currency": currency, "unit_amount": amount, "product_data": {"name": "Autumn oolong"}}
    return {
        "mode": "payment",
        "line_items": [{"price_data": price, "quantity": 1}],
        "client_reference_id": "ctr_1",
        "payment_intent_data": {"transfer_group": "contract_1", "metadata": {"contract": "ctr_1"}},
        "success_url": "http://localhost:8000/back?session={CHECKOUT_SESSION_ID}",
        "cancel_url": "http://localhost:8000/cancelled",
        **fields,
    }


@cache
def _validator(kind: str) -> Draft202012Validator:
    return Draft202012Validator(json.loads((SCHEMAS / f"{kind}.json").read_text()))


@cache
def _example_fields(kind: str) -> frozenset[str]:
    path = EXAMPLES / f"{kind}.json"
    return frozenset(json.loads(path.read_text()) if path.exists() else ())


def _is_whole(body: str) -> bool:
    try:
        json.loads(body)
    except ValueError:
        return False
    return True
