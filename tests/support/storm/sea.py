"""What a storm rages on: everything that a move may touch, and how it picks."""

from dataclasses import dataclass
from random import Random  # noqa: TID251  chance that repeats is the point

from marketplace.contracts.models import Contract
from tests.factories.people import Person
from tests.support.bank import Bank
from tests.support.storm.crew import Crew
from tests.support.webhooks import Receiver


@dataclass
class Sea:
    """Everything that a move may touch."""

    bank: Bank
    receiver: Receiver
    crew: Crew
    dice: Random
    keys: int = 0
    faults: int = 0

    def key(self) -> str:
        self.keys += 1
        return f"storm-{self.keys}"

    def one_of(self, rows):
        """One of the rows, or None."""
        found = list(rows[:50])
        return self.dice.choice(found) if found else None

    def deal(self, *states: str) -> Contract | None:
        """Mostly one in these states; now and then any that was signed, one that is long over too."""
        related = Contract.objects.select_related("merchant", "anchor", "agency")
        deals = related.exclude(concluded_at=None).order_by("-id")
        anyone = self.dice.random() < 0.1
        return self.one_of(deals if anyone else deals.filter(state__in=states))

    def merchant_of(self, contract: Contract) -> Person:
        return next(one for one in self.crew.merchants if one.party.pk == contract.merchant_id)

    def anchor_of(self, contract: Contract) -> Person:
        return next(one for one in self.crew.anchors if one.party.pk == contract.anchor_id)

    def anybody(self) -> Person:
        return self.dice.choice([*self.crew.merchants, *self.crew.colleagues, *self.crew.payees])
