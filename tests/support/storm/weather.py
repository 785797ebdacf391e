"""What goes wrong: a process killed at its commits and outside calls, and a bank with one fault after the other."""

from random import Random  # noqa: TID251  chance that repeats is the point

from tests.support.bank import Bank
from tests.support.kills import Killed

CALLS = ("checkout.create", "refund.create", "transfer.create", "payout.create")
LOOKS = ("checkout.get", "checkout.list", "refund.get", "refund.list", "transfer.list", "payout.get", "event.list")
BROKEN = (
    *("refuse_connect", "rate_limit_429:1", "error_500_before", "error_500_during", "error_500_after"),
    *("drop_before", "drop_after", "timeout_before:1", "timeout_after:1", "malformed_json"),
)
LATER = ("decline", "settle_later:600", "fail_later:600")
ON_THE_WAY = ("lose", "duplicate:2", "reorder", "delay:3600", "bad_signature", "old_timestamp:3600")


class Reaper:
    """Kills at `permille` of the points that the program comes to, while it is out."""

    def __init__(self, dice: Random, permille: int) -> None:
        self.dice, self.permille = dice, permille
        self.out, self.killed = False, 0

    def __call__(self, point: str) -> None:
        if self.out and self.dice.randrange(1000) < self.permille:
            self.killed += 1
            raise Killed(point)


def calm_down(bank: Bank) -> int:
    """A bank that behaves again; how many faults it has had since the last time."""
    with bank.connect() as books:
        hits = books.execute("SELECT coalesce(sum(hits), 0)::int FROM standin_faultrule").fetchone()[0]
    bank.clear_faults()
    return hits


def worsen(bank: Bank, dice: Random) -> None:
    """One more fault in the bank's plan, for the next one to three times."""
    kind = dice.randrange(6)
    if kind < 3:
        operation, action = dice.choice(CALLS), dice.choice(BROKEN)
    elif kind == 3:
        operation, action = dice.choice(LOOKS), dice.choice(BROKEN)
    elif kind == 4:
        operation, action = dice.choice(CALLS[1:]), dice.choice(LATER)
    else:
        operation, action = "webhook.deliver", dice.choice(ON_THE_WAY)
    if operation == "transfer.create" and action != "decline" and action in LATER:
        action = "decline"  # a transfer is final when it is answered
    bank.fault(operation, action, count=dice.randint(1, 3))
