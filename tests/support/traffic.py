"""Top-ups and refunds against a running stack, stubborn as people are: what failed is sent again under its key.

Run as `python -m tests.support.traffic ROUNDS`, in the stack's environment; prints what was acknowledged as JSON.
"""

import json
import os
import sys
import threading
import time

import django
import httpx

django.setup()

from django.db import Error, connections  # noqa: E402

from marketplace.core.actor import Actor  # noqa: E402
from marketplace.core.money import Money  # noqa: E402
from marketplace.ledger.models import FundingLot  # noqa: E402
from marketplace.payments.errors import ProviderError  # noqa: E402
from marketplace.payments.flows.refresh import refresh_funding  # noqa: E402
from marketplace.payments.flows.submit import submit_funding, submit_refund  # noqa: E402
from marketplace.payments.machine import FundingState  # noqa: E402
from marketplace.payments.models import Funding  # noqa: E402
from marketplace.payments.services.funding import ask_top_up  # noqa: E402
from marketplace.payments.services.refunds import ask_refund  # noqa: E402
from tests.factories.people import make_owner  # noqa: E402

THREADS = 4
PATIENCE = 120.0
PASSING = (Error, ProviderError, httpx.HTTPError, OSError)


def stubborn(work):
    """Again until it works: a lost answer is asked for again, under the same key."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return work()
        except PASSING:
            if time.monotonic() > deadline:
                raise
            connections.close_all()
            time.sleep(0.1)


def pay(checkout: str) -> None:
    response = httpx.post(
        f"{os.environ['STANDIN_URL']}/_pay/{checkout}",
        json={"how": "pay"},
        headers={"Authorization": f"Bearer {os.environ['STANDIN_SECRET']}"},
        timeout=5,
        trust_env=False,
    )
    if response.status_code >= 500:
        raise OSError(response.status_code)


def one_round(actor: Actor, name: str) -> dict[str, str]:
    """CNY 100.00 in; of every second one CNY 40.00 back."""
    asked = stubborn(lambda: ask_top_up(actor=actor, money=Money(10_000, "CNY"), provider="test_bank", key=name))

    def opened() -> Funding:
        submit_funding(asked.public_id)
        funding = Funding.objects.get(pk=asked.pk)
        if funding.state == FundingState.SUBMITTING:
            raise OSError("not open yet")
        return funding

    funding = stubborn(opened)
    stubborn(lambda: pay(funding.checkout))

    def settled() -> Funding:
        found = refresh_funding(Funding.objects.get(pk=asked.pk))
        if found.state != FundingState.PAID:
            raise OSError("not paid yet")
        return found

    paid = stubborn(settled)
    done = {"funding": paid.public_id}
    if int(name.split("-")[1]) % 2:
        lot = stubborn(lambda: FundingLot.objects.get(charge=paid.charge))
        money = Money(4_000, "CNY")
        refund = stubborn(lambda: ask_refund(actor=actor, lot_public_id=lot.public_id, money=money, key=name))
        stubborn(lambda: submit_refund(refund.public_id))
        done["refund"] = refund.public_id
    return done


def main(rounds: int) -> None:
    people = [stubborn(lambda n=n: make_owner(name=f"Chaos {os.getpid()}-{n}")) for n in range(THREADS)]
    done: list[dict[str, str]] = []
    failed: list[str] = []

    def work(number: int) -> None:
        for turn in range(number, rounds, THREADS):
            try:
                done.append(one_round(people[number].actor, f"round-{turn}"))
            except Exception as error:
                failed.append(f"{turn}: {error!r}")
        connections.close_all()

    threads = [threading.Thread(target=work, args=[number]) for number in range(THREADS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    sys.stdout.write(json.dumps({"done": done, "failed": failed}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
