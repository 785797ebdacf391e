"""The test bank as a real process for tests: its own port, its own copy of its database for every test.

`bank` hands out a running bank with empty books; one process serves the whole session, because a copied database is
quicker than a start. Whatever a test did to it (stopped, killed, restarted elsewhere), the next test finds it running.
"""

import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import ClassVar

import httpx
import psycopg
import pytest
from stripe import HTTPClient

from marketplace.stack import ports
from marketplace.stack.paths import ROOT
from marketplace.stack.postgres import BANK_ROLE
from marketplace.stack.processes import Child
from tests.support.databases import copy_database, drop_database
from tests.support.services import BANK_TEMPLATE, database_url

FIRST_PORT = 18_500
TRUST = httpx.create_ssl_context()
THREADS = 32
START_TIMEOUT = 20.0


class Bank:
    """One bank process and the levers to hold it by."""

    secret = "a-bearer-secret-of-the-tests"
    webhook_secrets = ("a-webhook-secret-of-the-tests",)
    stripe_key = "sk_test_of_the_tests"
    stripe_secrets: ClassVar = {
        "acquirer": "whsec_platform_of_the_tests",
        "connected": "whsec_connected_of_the_tests",
        "thin": "whsec_thin_of_the_tests",
    }
    available_seconds = 2 * 24 * 3600  # by its clock: when a card's money can be used
    payout_seconds = 3600  # by its clock: tests say when a payout arrives
    hold_seconds = 2  # what a timeout fault holds a call for: give clients less patience than that

    def __init__(self, database: str) -> None:
        self.database = database
        self.port = ports.pick(FIRST_PORT + 100 * _worker_number(), set())
        self.return_origins = ["http://localhost:8000", "http://testserver"]
        self.client = httpx.Client(base_url=self.url, timeout=30, trust_env=False, verify=TRUST)
        # Its connections are never dropped by a fault: of a kept one that was, nobody knows before it is used again.
        self.levers = httpx.Client(base_url=self.url, timeout=30, trust_env=False, verify=TRUST)
        self.child: Child | None = None

    @property
    def url(self) -> str:
        """Where its API and pages are."""
        return f"http://localhost:{self.port}"

    @property
    def running(self) -> bool:
        return self.child is not None and self.child.running

    def start(self) -> None:
        """Start the process and wait until it answers."""
        self.child = Child(name="bank", argv=self._argv(), log=self._log(), env=self._env(), cwd=ROOT, patience=3)
        self.child.start()
        deadline = time.monotonic() + START_TIMEOUT
        while not self._answers():
            if not self.running or time.monotonic() > deadline:
                raise RuntimeError(f"the bank did not start:\n{self.child.log_tail(40)}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Ask it to end, as the supervisor does."""
        self.child.stop()

    def kill(self) -> None:
        """kill -9, the worker on its thread included."""
        self.child.patience = 0
        self.child.stop()

    def allow_returns_to(self, origin: str) -> None:
        """Let payers be sent back to `origin` (a live server's); restarts the process when that is new."""
        if origin not in self.return_origins:
            self.return_origins.append(origin)
            self.stop()
            self.start()

    def fresh_books(self) -> None:
        """Swap in an empty copy of the database; the running process notices nothing."""
        drop_database(self.database)
        copy_database(self.database, BANK_TEMPLATE, BANK_ROLE)

    def connect(self) -> psycopg.Connection:
        """Straight into its database, as the role that it connects with."""
        return psycopg.connect(database_url(self.database, BANK_ROLE), autocommit=True)

    # --- the API ---

    def get(self, path: str, **query: object) -> httpx.Response:
        return self.client.get(path, params=query, headers=self._auth())

    def post(
        self, path: str, body: dict | None = None, *, key: str | None = None, ago_s: int = 0, **options: object
    ) -> httpx.Response:
        """A POST with a fresh idempotency key, unless one is given; told of `ago_s` ago."""
        headers = self._auth() | {"Idempotency-Key": key or secrets.token_hex(8)} | _told(ago_s)
        return self.client.post(path, json=body or {}, headers=headers, **options)

    def checkout(self, **fields: object) -> dict:
        """An open checkout."""
        return self.post("/api/checkouts", checkout_body(**fields)).raise_for_status().json()

    def paid(self, **fields: object) -> dict:
        """A paid checkout, with its charge."""
        return self.pay(self.checkout(**fields)["id"])

    def refund(
        self, charge: str, amount_minor: int, *, key: str | None = None, currency: str = "CNY"
    ) -> httpx.Response:
        body = {"charge": charge, "amount_minor": amount_minor, "currency": currency, "reference": "refund"}
        return self.post("/api/refunds", body, key=key)

    def payee(self, reference: str = "pty_test", *, named: bool = True) -> dict:
        """Somebody to be paid, with an account outside unless `named` is False."""
        made = self.post("/api/payees", {"reference": reference, "label": "Xia Wei"}).raise_for_status().json()
        return self.name_account(made["id"]) if named else made

    def transfer(self, charge: str, payee: str, amount_minor: int, **options: object) -> httpx.Response:
        """From the platform's balance to a payee, out of a charge (`currency=`, `reference=`, `key=`)."""
        key = options.pop("key", None)
        body = {"charge": charge, "payee": payee, "amount_minor": amount_minor}
        return self.post("/api/transfers", {"currency": "CNY", "reference": "transfer", **body, **options}, key=key)

    def payout(self, payee: str, amount_minor: int, **options: object) -> httpx.Response:
        key = options.pop("key", None)
        body = {"payee": payee, "amount_minor": amount_minor}
        return self.post("/api/payouts", {"currency": "CNY", "reference": "payout", **body, **options}, key=key)

    def balance_of(self, payee: str, currency: str = "CNY") -> int:
        """What stands on a payee's account at the bank."""
        rows = self.get(f"/api/payees/{payee}/balance").raise_for_status().json()["balances"]
        return next((row["amount_minor"] for row in rows if row["currency"] == currency), 0)

    def entries(self, **query: object) -> list[dict]:
        """Every line of the statement, oldest first."""
        return self._all("/api/entries", "cursor", lambda page: page["next_cursor"], **query)

    def events(self) -> list[dict]:
        """The whole event log, oldest first."""
        return self._all("/api/events", "after", lambda page: page["data"][-1]["id"])

    def balance(self, currency: str = "CNY") -> int:
        rows = self.get("/api/balance").json()["balances"]
        return next((row["amount_minor"] for row in rows if row["currency"] == currency), 0)

    # --- the levers ---

    def pay(self, checkout_id: str, how: str = "pay", *, ago_s: int = 0, **options: object) -> dict:
        """Press a button of the pay page: pay, decline, cancel, pay_later, fail_later (`after_s=`)."""
        return self._lever("POST", f"/_pay/{checkout_id}", {"how": how, **options}, ago_s=ago_s)

    def name_account(self, payee_id: str, **fields: object) -> dict:
        """What a payee does on the hosted page (`holder=`, `bank_name=`, `number=`)."""
        return self._lever("POST", f"/_payees/{payee_id}", fields)

    def switch_payee(self, payee_id: str, how: str) -> dict:
        """`disable` or `enable` payouts to her."""
        return self._lever("POST", f"/_payees/{payee_id}", {"how": how})

    def settle_payout(self, payout_id: str, how: str = "arrive", *, ago_s: int = 0) -> dict:
        """`arrive` now, or `fail`, also after it had arrived."""
        return self._lever("POST", f"/_payouts/{payout_id}", {"how": how}, ago_s=ago_s)

    def fault(self, operation: str, action: str, **options: object) -> dict:
        """Plan a fault: `bank.fault("refund.create", "timeout_after", count=2)`; `count=0` is for ever."""
        return self._lever("POST", "/_faults", {"operation": operation, "action": action, **options})

    def clear_faults(self) -> None:
        self._lever("DELETE", "/_faults")

    def advance(self, seconds: int) -> None:
        """Put the bank's clock forward."""
        self._lever("POST", "/_clock", {"seconds": seconds})

    def point_webhooks_at(self, url: str, *signing_secrets: str) -> None:
        self._lever("POST", "/_webhook", {"url": url, "secrets": list(signing_secrets or self.webhook_secrets)})

    def point_stripe_at(self, url: str) -> None:
        """Send the acquirer's three channels to one address, each signed with a secret of its own."""
        for channel, secret in self.stripe_secrets.items():
            self._lever("POST", "/_webhook", {"channel": channel, "url": url, "secrets": [secret]})

    def pay_session(self, session_id: str, how: str = "pay", **options: object) -> dict:
        """Press a button of the Checkout page: pay, decline, challenge, later, fail_later (`after_s=`)."""
        return self._lever("POST", f"/_sessions/{session_id}", {"how": how, **options})

    def onboard(self, account_id: str, how: str = "finish", **fields: object) -> dict:
        """What her hosted page does (finish, papers_later, leave, refuse), or `want_more` papers of her."""
        return self._lever("POST", f"/_accounts/{account_id}", {"how": how, **fields})

    def settle_connected_payout(self, payout_id: str, how: str = "arrive") -> dict:
        """`arrive` now, or `fail`, also after it had arrived."""
        return self._lever("POST", f"/_connected_payouts/{payout_id}", {"how": how})

    def fail_refund(self, refund_id: str) -> dict:
        """The card's bank sends a refund back, also after it had taken it."""
        return self._lever("POST", f"/_refunds/{refund_id}", {"how": "fail"})

    def dispute(self, charge: str, **fields: object) -> dict:
        """A cardholder takes her money back (`amount_minor=`, `reason=`)."""
        return self._lever("POST", "/_disputes", {"charge": charge, **fields})

    def decide(self, dispute_id: str, how: str) -> dict:
        """The card's bank decides: `win` or `lose`, as the platform sees it."""
        return self._lever("POST", f"/_disputes/{dispute_id}", {"how": how})

    def deliveries(self) -> list[dict]:
        return self._lever("GET", "/_deliveries")["data"]

    def press(self, path: str, **body: object) -> bool:
        """A lever that may be out of reach by now: whether it moved."""
        answer = self.client.post(path, json=body, headers=self._auth())
        assert answer.status_code < 500, answer.text
        return answer.is_success

    def violations(self) -> dict:
        """What does not add up; empty when the books are whole."""
        return self._lever("GET", "/_conservation")["violations"]

    # --- how ---

    def _lever(self, method: str, path: str, body: dict | None = None, *, ago_s: int = 0) -> dict:
        answer = self.levers.request(method, path, json=body, headers=self._auth() | _told(ago_s))
        assert answer.is_success, answer.text
        return answer.json()

    def _all(self, path: str, cursor: str, following: Callable[[dict], object], **query: object) -> list[dict]:
        found: list[dict] = []
        more = True
        while more:
            page = self.get(path, limit=200, **query).raise_for_status().json()
            found += page["data"]
            more = page["has_more"]
            if more:
                query[cursor] = following(page)
        return found

    def _auth(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.secret}"}

    def _answers(self) -> bool:
        try:
            return self.client.get("/healthz", timeout=5).is_success
        except httpx.HTTPError:
            return False

    def _argv(self) -> list[str]:
        return [
            *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-ws", "--log-level", "warning"),
            *("--host", ports.HOST, "--port", str(self.port)),
            *("--workers", "1", "--blocking-threads", str(THREADS)),
            "marketplace.payments.standin.wsgi:application",
        ]

    def _env(self) -> dict[str, str]:
        return os.environ | {
            "STANDIN_DATABASE_URL": database_url(self.database, BANK_ROLE),
            "STANDIN_SECRET": self.secret,
            "STANDIN_PUBLIC_URL": self.url,
            "STANDIN_RETURN_ORIGINS": ",".join(self.return_origins),
            "STANDIN_WEBHOOK_URL": "",
            "STANDIN_WEBHOOK_SECRETS": ",".join(self.webhook_secrets),
            "STANDIN_STRIPE_KEY": self.stripe_key,
            "STANDIN_STRIPE_PLATFORM_SECRETS": self.stripe_secrets["acquirer"],
            "STANDIN_STRIPE_CONNECTED_SECRETS": self.stripe_secrets["connected"],
            "STANDIN_STRIPE_THIN_SECRETS": self.stripe_secrets["thin"],
            "STANDIN_AVAILABLE_SECONDS": str(self.available_seconds),
            "STANDIN_SETTLE_SECONDS": "1",
            "STANDIN_PAYOUT_SECONDS": str(self.payout_seconds),
            "STANDIN_HOLD_SECONDS": str(self.hold_seconds),
        }

    def _log(self) -> Path:
        return Path(os.environ["MOORING_VAR"]) / f"log/{self.database}.log"


def checkout_body(**fields: object) -> dict:
    """What Mooring sends to open a checkout."""
    return {
        "amount_minor": 100_000,
        "currency": "CNY",
        "reference": "ctr_test",
        "description": "Autumn oolong",
        "payer_label": "Chenyu Tea",
        "success_url": "http://localhost:8000/back",
        "cancel_url": "http://localhost:8000/cancelled",
        **fields,
    }


def _told(ago_s: int) -> dict[str, str]:
    return {"Standin-Ago": str(ago_s)} if ago_s else {}


def _worker_number() -> int:
    return int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))


@pytest.fixture(scope="session")
def bank_process() -> Iterator[Bank]:
    """The session's bank; use `bank`, which empties its books first."""
    process = Bank(f"bank_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}")
    process.fresh_books()
    with pytest.MonkeyPatch.context() as patch:
        # Stripe's SDK tries again twice by itself; how long it waits in between is its own business.
        patch.setattr(HTTPClient, "INITIAL_DELAY", 0)
        patch.setattr(HTTPClient, "MAX_DELAY", 0)
        yield process
    if process.running:
        process.stop()
    process.client.close()
    process.levers.close()
    drop_database(process.database)


@pytest.fixture
def bank(bank_process: Bank) -> Iterator[Bank]:
    """A running test bank with empty books, which must add up again at the end of the test."""
    bank_process.fresh_books()
    bank_process.client.cookies.clear()  # the language that another test chose
    if not bank_process.running:
        bank_process.start()
    yield bank_process
    if bank_process.running:
        assert not bank_process.violations()
