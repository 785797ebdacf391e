"""One storm: so many moves out of one seed, and the calm after it."""

from collections import Counter
from datetime import timedelta
from random import Random  # noqa: TID251  chance that repeats is the point

import time_machine

from marketplace.core import clock, faults
from marketplace.core.errors import MooringError
from marketplace.core.timers.fire import fire_due
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.refresh import resolve_unknown
from marketplace.payments.models import Payout, Transfer
from marketplace.payments.services.payouts import try_payout_again
from marketplace.payments.services.transfers import retry_transfer
from tests.support.bank import Bank
from tests.support.kills import Killed
from tests.support.relay import due_now, relay_all
from tests.support.storm.books import broken, differences, fingerprint, left_over
from tests.support.storm.crew import Crew, muster
from tests.support.storm.moves import BY_THE_WALL, WEIGHTS, Move, time_passes
from tests.support.storm.sea import Sea
from tests.support.storm.weather import Reaper, calm_down
from tests.support.webhooks import Receiver

DAYS_OF_CALM = 20
KILLED_PERMILLE = 4


class Storm:
    """`tally` counts what became of the moves: done, refused, broken off by the bank, killed."""

    def __init__(self, bank: Bank, receiver: Receiver, seed: int) -> None:
        self.bank, self.dice = bank, Random(seed)
        self.moment = clock.now()
        self.tally: Counter[str] = Counter()
        self.reaper = Reaper(self.dice, KILLED_PERMILLE)
        bank.point_webhooks_at(receiver.url)
        self.crew: Crew = muster(bank)
        self.sea = Sea(bank, receiver, self.crew, self.dice)

    def rage(self, operations: int, *, look_every: int = 250) -> None:
        """Raises AssertionError when a refusal changed something, or the books are not whole."""
        moves, weights = list(WEIGHTS), list(WEIGHTS.values())
        with faults.installed(self.reaper):
            for number in range(1, operations + 1):
                move = self.dice.choices(moves, weights)[0]
                self.make(move)
                if number % look_every == 0:
                    assert not (found := broken(self.bank)), (number, found)

    def make(self, move: Move) -> None:
        self.pass_time(time_passes(self.sea))
        before = fingerprint()
        self.reaper.out = True
        try:
            if move in BY_THE_WALL:
                move(self.sea)
            else:
                with time_machine.travel(self.moment, tick=True):
                    move(self.sea)
            self.tally["done"] += 1
        except ProviderError:
            self.tally["broken off"] += 1
        except MooringError as error:
            if fingerprint() != before:
                raise AssertionError(f"{move.__name__} was refused ({error.code}) and changed something") from error
            self.tally[f"refused: {error.code}"] += 1
        except Killed:
            self.tally["killed"] += 1
        finally:
            self.reaper.out = False

    def pass_time(self, length: timedelta) -> None:
        self.moment += length
        if length > timedelta(minutes=1):
            self.bank.advance(int(length.total_seconds()))

    def calm(self) -> list[str]:
        """The bank behaves and nobody is killed: days go by until nothing is on its way; then what is wrong."""
        self.sea.faults += calm_down(self.bank)
        for _day in range(DAYS_OF_CALM):
            self.pass_time(timedelta(days=1))
            with time_machine.travel(self.moment, tick=True):
                self.a_day()
                if not left_over():
                    break
        return differences(self.bank, self.crew)

    def a_day(self) -> None:
        staff = self.crew.finance.actor
        while fire_due():
            pass
        for _ in range(2):
            due_now()
            relay_all()
            backfill("test_bank")
            resolve_unknown(unchecked_for=timedelta(0))
        for transfer in Transfer.objects.filter(state="failed"):
            retry_transfer(actor=staff, public_id=transfer.public_id)
        for payout in Payout.objects.filter(state="failed"):
            try_payout_again(actor=staff, public_id=payout.public_id)
        due_now()
        relay_all()
