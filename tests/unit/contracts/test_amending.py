"""What a change does with the rest of a fee, to the cent."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from marketplace.contracts.amending import Piece, Proposal, difference, falls_of, problems, releases, restated
from marketplace.contracts.releasing import parts_of
from marketplace.contracts.waterfall import waterfall
from marketplace.core.money import Money
from tests.factories.funded import three_pieces

FEES = st.integers(1, 10_000_000)


@given(FEES, FEES, st.data())
def test_what_is_left_and_the_difference_are_what_is_left_afterwards(old, new, data):
    settled = data.draw(st.integers(0, min(old, new) - 1))
    before = waterfall(Money(old, "CNY"), vat_bp=600, agency_share_bp=1_500)
    after = falls_of(Money(new, "CNY"), before)
    between = difference(before, after, settled)
    left, wanted = (
        parts_of(one, before_minor=settled, gross_minor=one.gross_minor - settled) for one in (before, after)
    )
    sign = 1 if new >= old else -1
    assert left.total.amount_minor + sign * between.pays_minor == wanted.total.amount_minor
    assert left.anchor_minor + sign * between.anchor_minor == wanted.anchor_minor
    amounts = (between.gross_minor, between.platform_fee_minor, between.vat_minor, between.agency_minor)
    assert min(*amounts, between.anchor_minor) >= 0


@given(FEES, st.lists(st.tuples(st.integers(0, 1_000_000), st.booleans()), min_size=1, max_size=6))
def test_a_new_fee_falls_on_what_is_open_and_adds_up(fee, rows):
    pieces = [Piece(place=n, releases_minor=minor, is_open=is_open) for n, (minor, is_open) in enumerate(rows, 1)]
    found = releases(fee, pieces)
    done = {one.place: one.releases_minor for one in pieces if not one.is_open}
    carries = any(one.releases_minor for one in pieces if one.is_open)
    if fee < sum(done.values()) or not carries:
        assert found is None
    else:
        assert sum(found.values()) == fee
        assert min(found.values()) >= 0
        assert {place: found[place] for place in done} == done


def test_a_done_piece_keeps_its_day_and_a_past_day_is_no_problem_where_it_stays():
    deal = three_pieces()
    today = deal.publish_until + timedelta(days=1)
    pieces = [Piece(place=n, releases_minor=minor, is_open=n > 1) for n, minor in enumerate(deal.releases_minor, 1)]
    later = today + timedelta(days=9)
    proposal = Proposal(
        fee_minor=deal.fee_minor,
        publish_from=today,
        publish_until=later,
        due_on={1: later, 3: later - timedelta(days=1)},
    )
    after = restated(deal, proposal, pieces)
    assert [one.due_on for one in after.deliverables] == [
        deal.deliverables[0].due_on,
        deal.deliverables[1].due_on,
        later - timedelta(days=1),
    ]
    assert problems(deal, after, pieces, today=today) == []
    same_window = Proposal(
        fee_minor=deal.fee_minor + 1, publish_from=deal.publish_from, publish_until=deal.publish_until
    )
    assert problems(deal, restated(deal, same_window, pieces), pieces, today=today) == []


def test_what_cannot_be_agreed_on_is_named():
    deal = three_pieces()
    pieces = [Piece(place=n, releases_minor=minor, is_open=n == 3) for n, minor in enumerate(deal.releases_minor, 1)]

    def found(**other):
        plain = {"fee_minor": deal.fee_minor, "publish_from": deal.publish_from, "publish_until": deal.publish_until}
        return problems(deal, restated(deal, Proposal(**(plain | other)), pieces), pieces, today=deal.publish_from)

    assert found(fee_minor=0) == ["fee_missing", "nothing_carries_it"]
    assert found(fee_minor=deal.fee_minor * 4 // 10) == ["nothing_carries_it"]
    assert found(publish_until=deal.publish_from - timedelta(days=1)) == [
        *("publish_backwards", "due_after_publishing", "publish_in_the_past")
    ]
    assert found(due_on={3: deal.publish_from - timedelta(days=2)}) == ["due_in_the_past"]
