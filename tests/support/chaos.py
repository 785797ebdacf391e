"""kill -9, while money moves; and what must be true afterwards."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass

import httpx

from marketplace.stack import standin
from marketplace.stack.paths import ROOT, postgres_url, socket_dir, valkey_url
from tests.support.stack import Stack

TARGETS = {
    "PostgreSQL": ("/postgres -D", "bin/postgres"),
    "Valkey": ("valkey-server",),
    "worker": ("marketplace.celery worker",),
    "pages": (" marketplace.wsgi",),
    "bank": ("standin.wsgi",),
}
# From docs of the promises, in seconds; twice as long here, for the tests share two cores with their own load.
RECOVERY = {"PostgreSQL": 5.0, "Valkey": 5.0, "worker": 15.0, "pages": 5.0, "bank": 10.0}


@dataclass
class Outcome:
    done: list[dict[str, str]]
    failed: list[str]
    recovered: dict[str, list[float]]


def environment(stack: Stack) -> dict[str, str]:
    """What a program beside the running stack needs to reach its services."""
    sockets, bank = socket_dir(stack.var), f"http://localhost:{stack.port + 2}"
    told = standin.environment(stack.var, bank=bank, pages=stack.url, site=stack.url, dialect=stack.dialect)
    services = {
        "DATABASE_URL": postgres_url(sockets, role="mooring_app", database="mooring"),
        "REDIS_URL": valkey_url(sockets),
        "SITE_URL": stack.url,
        "SOCKETS_URL": f"http://localhost:{stack.port + 1}",
    }
    return stack.environment() | services | told


def traffic_under_fire(stack: Stack, *, rounds: int, pause: float) -> Outcome:
    """`rounds` top-ups and refunds, while one target after the other is killed."""
    recovered: dict[str, list[float]] = {name: [] for name in TARGETS}
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.traffic", str(rounds)],
        cwd=ROOT,
        env=environment(stack),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as driver:
        try:
            time.sleep(3)
            while driver.poll() is None:
                for name in TARGETS:
                    if driver.poll() is not None:
                        break
                    kill_what_stands(stack, name)
                    recovered[name].append(until_back(stack, name))
                    time.sleep(pause)
            said = json.loads(driver.communicate()[0])
        finally:
            driver.kill()
    return Outcome(said["done"], said["failed"], recovered)


def kill_what_stands(stack: Stack, name: str, patience: float = 30) -> None:
    """kill -9. One that is just being started again, since what it needs was killed before it, is waited for."""
    deadline = time.monotonic() + patience
    while not stack.kill(*TARGETS[name]):
        assert time.monotonic() < deadline, f"no {name} to kill"
        time.sleep(0.05)


def until_back(stack: Stack, name: str) -> float:
    started = time.monotonic()
    if name == "worker":
        while not stack.pids(*TARGETS[name]):
            time.sleep(0.05)
    elif name == "bank":
        while not _answers(f"http://localhost:{stack.port + 2}/healthz"):
            time.sleep(0.05)
    else:
        time.sleep(0.3)  # so that it is not the dead one that still answers
        stack.wait_for("/readyz", patience=60)
    return time.monotonic() - started


def _answers(url: str) -> bool:
    try:
        return httpx.get(url, timeout=1, trust_env=False).status_code == 200
    except httpx.HTTPError:
        return False


def settle(stack: Stack, patience: float = 90) -> str:
    """Wait until the outbox has nothing left; returns what is still open, if it does not come to that."""
    question = (
        "from marketplace.core.models import Delivery; from marketplace.payments.models import Refund; "
        "print(Delivery.objects.filter(state='pending').count(), "
        "Refund.objects.filter(state__in=['submitting', 'sent']).count())"
    )
    deadline = time.monotonic() + patience
    open_ = ""
    while time.monotonic() < deadline:
        result = subprocess.run(
            [sys.executable, "manage.py", "shell", "-v0", "-c", question],
            cwd=ROOT,
            env=environment(stack),
            capture_output=True,
            text=True,
            check=False,
        )
        open_ = result.stdout.strip() or result.stderr[-500:]
        if open_ == "0 0":
            return ""
        time.sleep(1)
    return open_


def both_books(stack: Stack) -> tuple[int, int]:
    """(what our ledger says the test bank holds, what the bank says), in minor units of CNY."""
    question = (
        "from marketplace.ledger import chart; from marketplace.ledger.selectors import balance_of; "
        "print(-balance_of(chart.world('test_bank'), 'CNY').amount_minor)"
    )
    result = subprocess.run(
        [sys.executable, "manage.py", "shell", "-v0", "-c", question],
        cwd=ROOT,
        env=environment(stack),
        capture_output=True,
        text=True,
        check=True,
    )
    env = environment(stack)
    answer = httpx.get(
        f"{env['STANDIN_URL']}/api/balance",
        headers={"Authorization": f"Bearer {env['STANDIN_SECRET']}"},
        trust_env=False,
    ).json()
    theirs = next((row["amount_minor"] for row in answer["balances"] if row["currency"] == "CNY"), 0)
    return int(result.stdout), theirs
