"""Our own: a use case that posts one plan, and one that posts a thousand."""

import secrets
from collections.abc import Callable
from itertools import pairwise

from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.ledger.chart import AccountRef, Kind
from marketplace.ledger.plan import Plan, PlannedLine
from marketplace.ledger.steps.posting import post, post_all
from tests.bench.pairs import ACCOUNTS, pair

post_now = use_case(post)
post_all_now = use_case(post_all)
ONE = Money(1, "CNY")
# Receivables may go below nought: no bench run ends in an overdraft.
REFS = [AccountRef(Kind.RECEIVABLE, f"bench-{n}") for n in range(ACCOUNTS)]


def plan(accounts: int = ACCOUNTS) -> Plan:
    source, destination = pair(accounts)
    return Plan(
        kind="bench",
        key=secrets.token_hex(16),
        reference="bench",
        lines=(PlannedLine(REFS[source], REFS[destination], ONE),),
    )


def open_accounts() -> None:
    """Touch every account once: peers find them there."""
    lines = [PlannedLine(a, b, ONE) for a, b in pairwise(REFS)]
    post_now(Plan(kind="bench", key=secrets.token_hex(16), reference="bench", lines=tuple(lines)))


def single(accounts: int = ACCOUNTS, turn: int = 50) -> Callable[[], int]:
    def work() -> int:
        for _ in range(turn):
            post_now(plan(accounts))
        return turn

    return work


def batch(size: int) -> Callable[[], int]:
    def work() -> int:
        post_all_now([plan() for _ in range(size)])
        return size

    return work
