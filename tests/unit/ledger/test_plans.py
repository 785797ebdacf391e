from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import Money, split_minor
from marketplace.ledger import chart, plans
from marketplace.ledger.plan import LotBalance, LotsDoNotCover, PlannedLine, oldest_first

WALLET = chart.wallet("pty_a", 1)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)


def top_up(**changes):
    facts = {
        "funding": "fnd_1",
        "wallet": WALLET,
        "lot_public_id": "lot_1",
        "provider": "test_bank",
        "charge": "chg_1",
        "money": Money(10_000, "CNY"),
        "charged_at": NOON,
    }
    return plans.top_up(**facts | changes)


def test_top_up_comes_from_the_world_and_makes_a_lot():
    plan = top_up()
    assert [(line.source.code, line.destination.code) for line in plan.lines] == [("world:test_bank", "wallet:pty_a")]
    assert plan.lots[0].money == Money(10_000, "CNY")
    assert plan.key == "top_up:test_bank:chg_1"


def test_the_same_charge_has_the_same_hash_whatever_id_the_lot_was_given():
    assert top_up(lot_public_id="lot_2").input_hash == top_up().input_hash
    assert top_up(money=Money(10_001, "CNY")).input_hash != top_up().input_hash


def test_reversal_swaps_every_line_and_gives_back_every_use():
    started = plans.refund_started(
        refund="rfd_1", wallet=WALLET, provider="test_bank", lot_id=7, money=Money(500, "CNY")
    )
    back = plans.reversal(of=started, journal_id=3)
    assert back.lines[0] == PlannedLine(chart.clearing("test_bank"), WALLET, Money(500, "CNY"))
    assert back.uses[0].amount_minor == -500
    assert back.reverses_id == 3


@pytest.mark.parametrize("amount", [0, -1])
def test_a_line_moves_more_than_nothing(amount):
    with pytest.raises(ValueError, match="more than nothing"):
        PlannedLine(WALLET, chart.suspense(), Money(amount, "CNY"))


@given(st.lists(st.integers(0, 10_000), min_size=1, max_size=12), st.integers(1, 60_000))
def test_oldest_first_takes_exactly_the_amount_or_nothing(remaining, amount):
    lots = [LotBalance(i, "p", f"c{i}", Money(left, "CNY")) for i, left in enumerate(remaining)]
    if sum(remaining) < amount:
        with pytest.raises(LotsDoNotCover):
            oldest_first(lots, Money(amount, "CNY"))
        return
    taken = oldest_first(lots, Money(amount, "CNY"))
    assert sum(part.amount_minor for _, part in taken) == amount
    ids = [lot.id for lot, _ in taken]
    assert ids == sorted(ids)
    assert all(part <= lot.remaining for lot, part in taken)
    # every lot but the last one is emptied: oldest first means oldest first
    assert all(part == lot.remaining for lot, part in taken[:-1])


@given(st.integers(-(10**12), 10**12), st.lists(st.integers(0, 10**6), min_size=1, max_size=20))
def test_a_split_always_sums_and_never_strays_a_unit_from_the_exact_share(amount, weights):
    if sum(weights) == 0:
        with pytest.raises(ValueError, match="weights"):
            split_minor(amount, weights)
        return
    parts = split_minor(amount, weights)
    assert sum(parts) == amount
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part * sum(weights) - amount * weight) < sum(weights)
