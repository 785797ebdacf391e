"""Our own: a use case that posts one plan, and one that posts a thousand."""

from collections.abc import Callable

from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.ledger.chart import AccountRef, Kind
from marketplace.ledger.plan import Plan, PlannedLine
from marketplace.ledger.steps.posting import post, post_all
from tests.bench.runner import ACCOUNTS, pair

post_now = use_case(post)
post_all_now = use_case(post_all)
ONE = Money(1, "CNY")
# Receivables may go below nought: no bench run ends in an overdraft.
REFS = [AccountRef(Kind.RECEIVABLE, f"bench-{n}") for n in range(ACCOUNTS)]


def plan(accounts: int = ACCOUNTS) -> Plan:
    source, destination = pair(accounts)
    return Plan(
        kind="bench", key=new_id("bch"), reference="bench", lines=(PlannedLine(REFS[source], REFS[destination], ONE),)
    )


def single(accounts: int = ACCOUNTS) -> Callable[[], int]:
    def work() -> int:
        for _ in range(50):
            post_now(plan(accounts))
        return 50

    return work


def batch(size: int) -> Callable[[], int]:
    def work() -> int:
        post_all_now([plan() for _ in range(size)])
        return size

    return work
