"""The bank's statement beside our ledger: dropped, doubled, altered and foreign lines are found, no others."""

from collections.abc import Callable, Iterable
from copy import copy

import pytest

from marketplace.bank_rail.models import Entry, Order
from marketplace.bank_rail.selectors import statement as books
from marketplace.payments.services.payouts import ask_payout
from tests.db.bank_rail.test_journeys import PAID_IN, PART, differences, funded, settle, with_part
from tests.factories.rail import Desk

__all__ = ["funded", "with_part"]


@pytest.fixture
def month(desk, with_part) -> Desk:
    """A payment in, and a payout that the bank's statement shows."""
    ask_payout(actor=with_part.actor, currency="CNY", key="out")
    settle()
    desk.sent()
    desk.says((-PART, Order.objects.get().code))
    settle()
    return desk


def other(entry: Entry, **values: int) -> Entry:
    changed = copy(entry)
    for name, value in values.items():
        setattr(changed, name, value)
    return changed


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (lambda charge: [], ("missing_there", "charge", PAID_IN, None)),
        (lambda charge: [charge, other(charge, pk=9_999)], ("twice_there", "charge", PAID_IN, 2 * PAID_IN)),
        (lambda charge: [other(charge, amount_minor=PAID_IN - 1)], ("amount", "charge", PAID_IN, PAID_IN - 1)),
    ],
    ids=["dropped", "doubled", "altered"],
)
def test_an_entry_that_is_not_as_we_have_it_is_found(month, monkeypatch, change, found):
    assert differences() == []
    read: Callable[[int], Iterable[Entry]] = books.entries_after
    monkeypatch.setattr(
        books,
        "entries_after",
        lambda number: (
            one for entry in read(number) for one in (change(entry) if entry.kind == "charge" else [entry])
        ),
    )
    assert differences() == [found]


def test_what_left_the_account_and_nobody_had_ordered_is_foreign(month):
    month.says((-5_000, "手续费"))
    settle()
    assert differences() == [("foreign", "other", None, -5_000)]


def test_what_nobody_asked_for_is_in_both_books_while_it_waits(month):
    month.says((7_000, "货款"))
    settle()
    assert differences() == []


def test_a_line_between_two_exports_is_missed_in_the_total(month):
    """Each file follows in itself; the balance after the one is not the balance before the other."""
    month.balance += 9_900
    month.says((5_000, "货款"))
    settle()
    here = PAID_IN - PART + 5_000
    assert differences() == [("total", "balance", here, here + 9_900)]
