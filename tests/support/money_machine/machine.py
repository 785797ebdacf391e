"""The machine that Hypothesis drives: a house as it was furnished, one step after the other, and a recovery at the
end."""

from collections import Counter
from typing import ClassVar

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from marketplace.payments.models import Chargeback, Funding, Payout, Refund, Transfer, TransferReversal
from tests.support.money_machine import calm, moves
from tests.support.money_machine.house import House
from tests.support.money_machine.steps import ANYWHERE, AT_STRIPE, Step, any_of
from tests.support.money_machine.world import World

ENDED = (Funding, Refund, Transfer, TransferReversal, Payout, Chargeback)


class MoneyMachine(RuleBasedStateMachine):
    """At the test bank. `house` and `tally` are of all examples.

    One rule for all steps: of rules Hypothesis leaves half out of each example, and money comes nowhere.
    """

    house: ClassVar[House]
    tally: ClassVar[Counter[str]]
    faults: ClassVar[tuple[str, ...]]
    world: World | None = None

    @initialize(salt=st.integers(0, 2**16))
    def begin(self, salt):
        """Hypothesis begins with the simplest of all examples, the same step again and again: that one is left out."""
        assume(salt)
        self.world = World(self.house, self.tally, self.faults)

    @rule(step=any_of(ANYWHERE))
    def take(self, step):
        self.go(step)

    def go(self, step: Step) -> None:
        self.tally["steps"] += 1
        self.world.act(step.kind.move, *step.drawn, dies=step.dies)
        if step.works:
            self.world.act(moves.worker)

    def teardown(self) -> None:
        """Not after a failure: that has been said already, and what is broken stays broken."""
        if self.world is None or self.world.failed:
            return
        calm.recover(self.world, whole=True)
        for model in ENDED:
            states = Counter(model.objects.values_list("state", flat=True))
            self.tally.update({f"ended: {model.__name__} {state}": n for state, n in states.items()})


class CardMachine(MoneyMachine):
    """At Stripe, where payers' banks take payments back."""

    @rule(step=any_of((*ANYWHERE, *AT_STRIPE)))
    def take(self, step):
        self.go(step)


BY_PROVIDER = {"test_bank": MoneyMachine, "stripe": CardMachine}


def machine_of(house: House, tally: Counter[str], faults: tuple[str, ...]) -> type[MoneyMachine]:
    """The machine of this house's provider."""
    kind = BY_PROVIDER[house.side.name]
    return type(kind.__name__, (kind,), {"house": house, "tally": tally, "faults": faults})
