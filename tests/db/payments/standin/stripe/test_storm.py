"""Everybody at once: random calls, pages, banks and faults; the books add up and nothing is ever stuck."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256

import stripe

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi

WORKERS, MOVES = 6, 30
# A definite answer, or one that asks to come again. 503 would be a deadlock that the database had to break.
EXPECTED = {200, 400, 402, 404, 409, 429, 500}


@dataclass
class Dice:
    """Chance that repeats."""

    seed: str
    thrown: int = 0

    def throw(self, sides: int) -> int:
        self.thrown += 1
        return int.from_bytes(sha256(f"{self.seed}:{self.thrown}".encode()).digest()[:8]) % sides


@dataclass
class Sea:
    bank: Bank
    accounts: list[str]
    charges: list[str]
    transfers: list[str] = field(default_factory=list)
    payouts: list[str] = field(default_factory=list)
    disputes: list[str] = field(default_factory=list)
    outcomes: Counter = field(default_factory=Counter)

    def sail(self, number: int) -> None:
        api, dice = StripeApi(self.bank, timeout=15, retries=1), Dice(f"storm {number}")
        moves = (self.pay, self.release, self.top, self.take_back, self.refund, self.pay_out, self.bounce, self.dispute)
        for _ in range(MOVES):
            move = moves[dice.throw(len(moves))]
            try:
                move(api, dice)
                self.outcomes[move.__name__, 200] += 1
            except stripe.StripeError as error:
                self.outcomes[move.__name__, error.http_status] += 1

    def pay(self, api: StripeApi, dice: Dice) -> None:
        session = api.session(10_000 + dice.throw(90_000))
        # Somebody else may have put the clock so far forward that it is over.
        if paid := self.pull(f"/_sessions/{session.id}", {}):
            self.charges.append(api.v1.payment_intents.retrieve(paid["payment_intent"]).latest_charge)

    def release(self, api: StripeApi, dice: Dice) -> None:
        charge, account = self.one(self.charges, dice), self.one(self.accounts, dice)
        self.transfers.append(api.transfer(account, 1 + dice.throw(50_000), charge=charge).id)

    def top(self, api: StripeApi, dice: Dice) -> None:
        self.transfers.append(api.transfer(self.one(self.accounts, dice), 1 + dice.throw(20_000)).id)

    def take_back(self, api: StripeApi, dice: Dice) -> None:
        if self.transfers:
            api.v1.transfers.reversals.create(self.one(self.transfers, dice), {"amount": 1 + dice.throw(30_000)})

    def refund(self, api: StripeApi, dice: Dice) -> None:
        api.v1.refunds.create({"charge": self.one(self.charges, dice), "amount": 1 + dice.throw(40_000)})

    def pay_out(self, api: StripeApi, dice: Dice) -> None:
        given = {"amount": 1 + dice.throw(20_000), "currency": "usd"}
        self.payouts.append(api.v1.payouts.create(given, {"stripe_account": self.one(self.accounts, dice)}).id)

    def bounce(self, api: StripeApi, dice: Dice) -> None:
        if self.payouts:
            self.pull(f"/_connected_payouts/{self.one(self.payouts, dice)}", {"how": ("arrive", "fail")[dice.throw(2)]})
        self.pull("/_clock", {"seconds": 3600 * (1 + dice.throw(12))})

    def dispute(self, api: StripeApi, dice: Dice) -> None:
        if self.disputes and dice.throw(2):
            self.pull(f"/_disputes/{self.one(self.disputes, dice)}", {"how": ("win", "lose")[dice.throw(2)]})
        elif opened := self.pull("/_disputes", {"charge": self.one(self.charges, dice)}):
            self.disputes.append(opened["id"])

    def pull(self, lever: str, body: dict) -> dict:
        answer = self.bank.client.post(lever, json=body, headers=self.bank._auth())
        self.outcomes["lever", answer.status_code] += 1
        return answer.json() if answer.is_success else {}

    @staticmethod
    def one(things: list[str], dice: Dice) -> str:
        return things[dice.throw(len(things))]


def test_books_add_up_after_a_storm_of_everybody(api: StripeApi, bank: Bank) -> None:
    accounts = [api.account(daily=number == 0) for number in range(3)]
    sea = Sea(bank, accounts, [api.charge().id for _ in range(4)])
    for operation in ("stripe.transfer", "stripe.refund", "stripe.payout", "stripe.checkout_session"):
        for plan in ("error_500_during", "error_500_after", "slow:20"):
            bank.fault(operation, plan, count=0, permille=30, seed=f"{operation} {plan}")
    bank.fault("stripe.refund.create", "fail_later:3600", count=0, permille=200, seed="later")
    bank.fault("stripe.payout.create", "fail_later:3600", count=0, permille=200, seed="later")

    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(sea.sail, range(WORKERS)))

    assert {status for _, status in sea.outcomes} <= EXPECTED, sea.outcomes
    done = {name for name, status in sea.outcomes if status == 200}
    assert done == {"pay", "release", "top", "take_back", "refund", "pay_out", "bounce", "dispute", "lever"}, (
        sea.outcomes
    )
    bank.clear_faults()
    assert bank.violations() == {}
    bank.advance(10 * 24 * 3600)  # whatever is under way comes out
    for account in accounts:
        assert min(api.balance(account)) >= 0
    assert bank.violations() == {}
