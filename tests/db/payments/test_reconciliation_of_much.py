"""However much there is to compare, memory and queries stay the same."""

import gc
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.core import clock
from marketplace.core.money import Money
from marketplace.ledger.models import FundingLot
from marketplace.payments.flows.reconcile import reconcile
from marketplace.payments.models import (
    Difference,
    ReconciliationRun,
)
from marketplace.payments.services.reconciliation import (
    ask_reconciliation,
)
from marketplace.payments.statement import LineKind, StatementLine
from tests.support.reconciled_month import (
    PROVIDER,
    SYSTEM,
    a_month,
    anchor,
    finance,
    forget,
    merchant,
    month,
)

__all__ = ["a_month", "anchor", "finance", "merchant", "month"]


def lines(count: int) -> Iterator[StatementLine]:
    """A bank that tells of charges that nobody knows, one for each yuan."""
    long_ago = clock.now() - timedelta(days=3)
    for number in range(1, count + 1):
        yield StatementLine(
            line=f"entry {number}",
            cursor=f"{number}:",
            kind=LineKind.CHARGE,
            subject=f"chg_{number}",
            reference=FundingLot.__name__,  # one and the same item: what grows is the reading, not what is found
            money=Money(100, "CNY"),
            posted_at=long_ago,
        )


class Talker:
    def __init__(self, count: int) -> None:
        self.count = count

    def statement(self, after: str, payees) -> Iterator[StatementLine]:
        return lines(self.count)


@pytest.fixture
def talks(committed_db, monkeypatch) -> Callable[[int], ReconciliationRun]:
    """A run that nothing has read yet, of a provider that tells of so many lines."""

    def talks(count: int) -> ReconciliationRun:
        forget()
        monkeypatch.setattr("marketplace.payments.flows.reconcile.provider", lambda _name: Talker(count))
        return ask_reconciliation(actor=SYSTEM, provider=PROVIDER)

    return talks


def test_ten_thousand_lines_need_no_more_memory_than_two_thousand(talks):
    heights = []
    for count in (2_000, 10_000):
        run = talks(count)
        gc.collect()
        tracemalloc.start()
        reconcile(run.public_id)
        heights.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        run.refresh_from_db()
        assert (run.lines_read, run.new_differences, run.state) == (count, 1, "differs")
        assert Difference.objects.get().there_minor == count * 100
    assert heights[1] < heights[0] * 1.3, heights


def test_each_page_takes_the_same_few_queries_and_the_comparison_as_many_as_ever(talks):
    queries = []
    for count in (1_000, 2_000, 4_000):
        run = talks(count)
        with CaptureQueriesContext(connection) as captured:
            reconcile(run.public_id)
        queries.append(len(captured))
    pages = 1_000 // 500
    assert queries[2] - queries[1] == 2 * (queries[1] - queries[0])
    assert (queries[1] - queries[0]) / pages <= 6
    assert queries[0] <= 40
