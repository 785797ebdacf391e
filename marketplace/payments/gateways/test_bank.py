"""The test bank's HTTP API (docs/test-bank.md)."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar

import httpx

from marketplace.core import clock, faults
from marketplace.core.money import Money
from marketplace.payments.answers import (
    Charge,
    Checkout,
    Fee,
    ProviderEvent,
    ProviderPayee,
    ProviderPayout,
    ProviderRefund,
    ProviderReversal,
    ProviderTransfer,
    Subject,
)
from marketplace.payments.errors import BadSignature, ProviderFinal, ProviderRetryable, ProviderUnknown
from marketplace.payments.gateways import webhook_signature
from marketplace.payments.statement import ClosingBalance, LineKind, StatementLine

TIMEOUT = httpx.Timeout(8.0, connect=3.0)
EVENT_PAGE = 100
GREETING = "balance.get"
STATEMENT_PAGE = 200
LINE_KINDS = frozenset(LineKind)
# Which way a payee's account goes when this happens to a payout.
PAYOUT_LINES = {"payout.created": (LineKind.PAYOUT, -1), "payout.failed": (LineKind.PAYOUT_RETURNED, 1)}
# Made once: reading the machine's certificates takes thirty milliseconds, a call to the bank five.
TRUST = httpx.create_ssl_context()
KINDS = frozenset({"checkout", "refund", "transfer", "payout", "payee"})
# The connection never stood, so the request was never read.
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class TestBank:
    name: ClassVar[str] = "test_bank"
    __test__: ClassVar[bool] = False  # pytest takes every Test… for its own

    def __init__(self, *, url: str, secret: str, webhook_secrets: list[str], timeout: httpx.Timeout = TIMEOUT) -> None:
        self.webhook_secrets = webhook_secrets
        headers = {"Authorization": f"Bearer {secret}"}
        self._options = {"base_url": url, "headers": headers, "timeout": timeout, "trust_env": False, "verify": TRUST}

    def create_checkout(
        self,
        *,
        key: str,
        money: Money,
        reference: str,
        description: str,
        payer: str,
        success_url: str,
        cancel_url: str,
        group: str,
    ) -> Checkout:
        body = {
            "amount_minor": money.amount_minor,
            "currency": money.currency,
            "reference": reference,
            "description": description,
            "payer_label": payer,
            "success_url": success_url,
            "cancel_url": cancel_url,
        }
        return checkout(self._call("checkout.create", "POST", "/api/checkouts", body=body, key=key))

    def get_checkout(self, checkout_id: str) -> Checkout:
        return checkout(self._call("checkout.get", "GET", f"/api/checkouts/{checkout_id}"))

    def find_checkout(self, reference: str, *, since: datetime) -> Checkout | None:
        found = self._call("checkout.list", "GET", "/api/checkouts", query={"reference": reference})["data"]
        return checkout(found[-1]) if found else None

    def create_refund(self, *, key: str, charge: str, money: Money, reference: str, reason: str) -> ProviderRefund:
        body = {
            "charge": charge,
            "amount_minor": money.amount_minor,
            "currency": money.currency,
            "reference": reference,
            "reason": reason,
        }
        return refund(self._call("refund.create", "POST", "/api/refunds", body=body, key=key))

    def get_refund(self, refund_id: str) -> ProviderRefund:
        return refund(self._call("refund.get", "GET", f"/api/refunds/{refund_id}"))

    def find_refund(self, reference: str, *, charge: str) -> ProviderRefund | None:
        found = self._call("refund.list", "GET", "/api/refunds", query={"reference": reference})["data"]
        return refund(found[-1]) if found else None

    def create_payee(self, *, key: str, reference: str, label: str, email: str, country: str) -> ProviderPayee:
        body = {"reference": reference, "label": label}
        return payee(self._call("payee.create", "POST", "/api/payees", body=body, key=key))

    def get_payee(self, payee_id: str) -> ProviderPayee:
        return payee(self._call("payee.get", "GET", f"/api/payees/{payee_id}"))

    def find_payee(self, reference: str) -> ProviderPayee | None:
        found = self._call("payee.list", "GET", "/api/payees", query={"reference": reference})["data"]
        return payee(found[-1]) if found else None

    def payee_page(self, payee_id: str, *, key: str, return_url: str) -> str:
        body = {"return_url": return_url}
        return self._call("payee.link", "POST", f"/api/payees/{payee_id}/links", body=body, key=key)["url"]

    def create_transfer(
        self, *, key: str, payee: str, charge: str, money: Money, reference: str, group: str
    ) -> ProviderTransfer:
        body = {
            "payee": payee,
            **({"charge": charge} if charge else {}),
            "amount_minor": money.amount_minor,
            "currency": money.currency,
            "reference": reference,
        }
        return transfer(self._call("transfer.create", "POST", "/api/transfers", body=body, key=key))

    def get_transfer(self, transfer_id: str) -> ProviderTransfer:
        return transfer(self._call("transfer.get", "GET", f"/api/transfers/{transfer_id}"))

    def find_transfer(self, reference: str, *, group: str) -> ProviderTransfer | None:
        found = self._call("transfer.list", "GET", "/api/transfers", query={"reference": reference})["data"]
        return transfer(found[-1]) if found else None

    def reverse_transfer(self, transfer_id: str, *, key: str, money: Money, reference: str) -> ProviderReversal:
        body = {"amount_minor": money.amount_minor, "reference": reference}
        path = f"/api/transfers/{transfer_id}/reversals"
        return reversal(self._call("transfer.reverse", "POST", path, body=body, key=key))

    def find_reversal(self, reference: str, *, transfer_id: str) -> ProviderReversal | None:
        found = self._call("transfer.reversals", "GET", f"/api/transfers/{transfer_id}/reversals")["data"]
        return next((reversal(data) for data in found if data["reference"] == reference), None)

    def create_payout(self, *, key: str, payee: str, money: Money, reference: str) -> ProviderPayout:
        body = {
            "payee": payee,
            "amount_minor": money.amount_minor,
            "currency": money.currency,
            "reference": reference,
        }
        return payout(self._call("payout.create", "POST", "/api/payouts", body=body, key=key))

    def get_payout(self, payout_id: str, *, payee: str) -> ProviderPayout:
        return payout(self._call("payout.get", "GET", f"/api/payouts/{payout_id}"))

    def find_payout(self, reference: str, *, payee: str) -> ProviderPayout | None:
        found = self._call("payout.list", "GET", "/api/payouts", query={"reference": reference})["data"]
        return payout(found[-1]) if found else None

    def events_after(self, event_id: str) -> Iterator[ProviderEvent]:
        more = True
        while more:
            query = {"limit": EVENT_PAGE} | ({"after": event_id} if event_id else {})
            page = self._call("event.list", "GET", "/api/events", query=query)
            for data in page["data"]:
                yield event(data)
                event_id = data["id"]
            more = page["has_more"]

    def statement(self, after: str, payees: Iterable[str] = ()) -> Iterator[StatementLine | ClosingBalance]:
        """The lines of the platform's account. Those of payees' accounts the bank lists for nobody: what left them and
        came back is read from its event log, so a cursor is a place in each, `<entry>:<event>`."""
        entry, _colon, event_id = after.partition(":")
        more = True
        while more:
            query = {"limit": STATEMENT_PAGE, "cursor": entry or "0"}
            page = self._call("entry.list", "GET", "/api/entries", query=query)
            for data in page["data"]:
                entry = str(data["cursor"])
                yield statement_line(data, f"{entry}:{event_id}")
            more = page["has_more"]
        for seen in self.events_after(event_id):
            if seen.type in PAYOUT_LINES:
                yield payout_line(seen, f"{entry}:{seen.id}")
        for payee_id in payees:
            try:
                found = self._call("payee.balance", "GET", f"/api/payees/{payee_id}/balance")["balances"]
            except ProviderFinal:  # nobody of that name there: nothing stands there
                continue
            for data in found:
                yield ClosingBalance(payee=payee_id, money=money(data))

    def read_webhook(self, body: bytes, signature: str, *, door: str) -> ProviderEvent:
        webhook_signature.verify(body, signature, self.webhook_secrets)
        try:
            return event(json.loads(body))
        except (ValueError, KeyError, TypeError, RecursionError):
            raise BadSignature from None

    def subject_of(self, payload: Mapping[str, Any]) -> Subject | None:
        about = payload["object"]
        return Subject(about["object"], about["id"]) if about["object"] in KINDS else None

    def greet(self) -> str:
        self._call(GREETING, "GET", "/api/balance")
        return f"the test bank answers at {self._options['base_url']}"

    def _call(
        self, point: str, method: str, path: str, *, body: dict | None = None, query: dict | None = None, key: str = ""
    ) -> Any:
        faults.reach(f"call:{point}:before")
        headers = told() | ({"Idempotency-Key": key} if key else {})
        try:
            with httpx.Client(**self._options) as client:
                response = client.request(method, path, json=body, params=query, headers=headers)
        except NEVER_SENT as error:
            raise ProviderRetryable(type(error).__name__) from error
        except httpx.HTTPError as error:
            raise ProviderUnknown(type(error).__name__) from error
        faults.reach(f"call:{point}:after")
        return understood(response)


def told() -> dict[str, str]:
    """While a history is told, how long ago it is that this happened: the bank books it on that day."""
    ago = int(clock.behind().total_seconds())
    return {"Standin-Ago": str(ago)} if ago > 0 else {}


def understood(response: httpx.Response) -> Any:
    """The answer's body, or the error of the right family."""
    try:
        body = response.json()
    except ValueError:
        raise ProviderUnknown(f"HTTP {response.status_code} that is not JSON") from None
    if response.is_success:
        return body
    error = body.get("error", {}) if isinstance(body, dict) else {}
    code = str(error.get("code", response.status_code))
    if response.status_code >= 500:
        raise ProviderUnknown(code)
    if response.status_code == 429 or error.get("retryable"):
        raise ProviderRetryable(code)
    raise ProviderFinal(code, provider_code=code)


def money(data: dict) -> Money:
    return Money(data["amount_minor"], data["currency"])


def checkout(data: dict) -> Checkout:
    made = data["charge"]
    return Checkout(
        data["id"], data["status"], data["url"], data["reference"], money(data), charge(made) if made else None
    )


def charge(data: dict) -> Charge:
    return Charge(data["id"], money(data), datetime.fromisoformat(data["created_at"]), no_fee(data))


def no_fee(data: dict) -> Fee:
    """This bank keeps nothing for itself."""
    return Fee(Money.zero(data["currency"]), 1)


def refund(data: dict) -> ProviderRefund:
    failure = data.get("failure_code") or ""
    return ProviderRefund(
        data["id"], data["status"], data["reference"], data["charge"], money(data), failure, no_fee(data)
    )


def payee(data: dict) -> ProviderPayee:
    names = ("id", "reference", "holder", "bank_name", "last4", "fingerprint", "payouts_enabled")
    return ProviderPayee(**{name: data[name] for name in names})


def transfer(data: dict) -> ProviderTransfer:
    return ProviderTransfer(data["id"], data["reference"], money(data))


def reversal(data: dict) -> ProviderReversal:
    return ProviderReversal(data["id"], data["reference"], money(data))


def payout(data: dict) -> ProviderPayout:
    return ProviderPayout(
        data["id"], data["status"], data["reference"], money(data), data["last4"], data.get("failure_code") or ""
    )


def event(data: dict) -> ProviderEvent:
    return ProviderEvent(data["id"], data["type"], data)


def statement_line(data: dict, cursor: str) -> StatementLine:
    return StatementLine(
        line=f"entry {data['cursor']}",
        cursor=cursor,
        kind=LineKind(data["kind"]) if data["kind"] in LINE_KINDS else LineKind.OTHER,
        subject=data["subject"],
        reference=data["reference"],
        money=money(data),
        posted_at=datetime.fromisoformat(data["posted_at"]),
        balance_minor=data["balance_minor"],
    )


def payout_line(seen: ProviderEvent, cursor: str) -> StatementLine:
    kind, sign = PAYOUT_LINES[seen.type]
    data = dict(seen.payload["object"])
    return StatementLine(
        line=f"event {seen.id}",
        cursor=cursor,
        kind=kind,
        subject=data["id"],
        reference=data["reference"],
        money=Money(sign * data["amount_minor"], data["currency"]),
        posted_at=datetime.fromisoformat(str(seen.payload["created_at"])),
        payee=data["payee"],
    )
