from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import Money, split_minor
from marketplace.ledger import chart, plans
from marketplace.ledger.plan import LotBalance, LotsDoNotCover, PlannedLine, drawn_from, oldest_first

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
        refund="rfd_1", source=WALLET, provider="test_bank", lot_id=7, money=Money(500, "CNY")
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


@given(
    lots=st.lists(st.integers(1, 1_000), min_size=1, max_size=5),
    weights=st.lists(st.integers(0, 9), min_size=1, max_size=4).filter(any),
)
def test_every_share_is_drawn_from_lots_and_every_lot_is_used_up(lots, weights):
    uses = [(number, Money(amount, "CNY")) for number, amount in enumerate(lots)]
    shares = [Money(amount, "CNY") for amount in split_minor(sum(lots), weights)]
    drawn = drawn_from(uses, shares)
    for place, share in enumerate(shares):
        assert sum(one.money.amount_minor for one in drawn if one.share == place) == share.amount_minor
    for number, amount in enumerate(lots):
        assert sum(one.money.amount_minor for one in drawn if one.lot_id == number) == amount
    assert all(one.money.amount_minor > 0 for one in drawn)


def test_a_release_takes_from_protected_funds_what_its_lots_give():
    protected = chart.protected("ctr_1", 1)
    payable, revenue = chart.payable("pty_b", 2), chart.revenue()
    plan = plans.released(
        release="rel_1",
        protected=protected,
        shares=[(payable, Money(200, "CNY")), (revenue, Money(10, "CNY"))],
        uses=[(7, Money(210, "CNY"))],
    )
    assert [(line.source.code, line.destination.code, line.money.amount_minor) for line in plan.lines] == [
        ("protected:ctr_1", "payable:pty_b", 200),
        ("protected:ctr_1", "revenue:platform", 10),
    ]
    assert [(use.lot_id, use.amount_minor) for use in plan.uses] == [(7, 210)]


@pytest.mark.parametrize(
    ("booked", "charged", "way"),
    [(0, 30, ("fees:stripe", "world:stripe", 30)), (30, 5, ("world:stripe", "fees:stripe", 25))],
)
def test_what_a_provider_keeps_leaves_the_fees_and_comes_back(booked, charged, way):
    moneys = {"charged": Money(charged, "USD"), "booked": Money(booked, "USD")}
    plan = plans.provider_fee(subject="fnd_1", number=1, provider="stripe", **moneys)
    [line] = plan.lines
    assert (line.source.code, line.destination.code, line.money.amount_minor) == way
    assert (plan.key, plan.reference) == ("provider_fee:fnd_1:1", "fnd_1")
