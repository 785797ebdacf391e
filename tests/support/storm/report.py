"""What a storm has seen, in one line."""

from collections import Counter
from collections.abc import Iterable

from marketplace.contracts.models import Contract, ExtraRound
from marketplace.ledger.models import Journal
from marketplace.payments.models import Funding, Payout, Refund, Transfer
from tests.support.storm.drive import Storm


def said(storm: Storm, seconds: float) -> str:
    tally = storm.tally
    refused = sum(n for what, n in tally.items() if what.startswith("refused"))
    moves = f"{tally['done']} done, {refused} refused, {tally['broken off']} broken off, {tally['killed']} killed"
    rows = {
        "payments": Funding.objects.filter(state="paid"),
        "refunds": Refund.objects.filter(state="done"),
        "transfers": Transfer.objects.filter(state="done"),
        "payouts": Payout.objects.filter(state="paid"),
        "journals": Journal.objects.all(),
    }
    moved = ", ".join(f"{found.count()} {what}" for what, found in rows.items())
    deals, rounds = (counted(table.objects.values_list("state", flat=True)) for table in (Contract, ExtraRound))
    return (
        f"{sum(tally.values())} operations in {seconds:.0f} s: {moves}, {storm.sea.faults} faults of the bank\n"
        f"{moved}\ndeals: {deals}\nfurther rounds: {rounds or 'none'}"
    )


def counted(states: Iterable[str]) -> str:
    return ", ".join(f"{n} {state}" for state, n in Counter(states).items())
