"""What Stripe keeps for itself: in our books with the payment, or when it is known; and its balance is ours."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest

from marketplace.core import invariants
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot, Journal, Line
from marketplace.ledger.selectors import balance_of
from marketplace.payments.answers import Fee
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.refresh import learn_fees, refresh_funding
from marketplace.payments.flows.submit import SYSTEM, submit_funding
from marketplace.payments.gateways import provider
from marketplace.payments.models import Funding, Refund
from marketplace.payments.services.funding import ask_top_up, settle_funding
from marketplace.payments.services.refunds import ask_refund, settle_refund
from tests.factories.people import Person
from tests.support.races import race
from tests.support.relay import relay_all
from tests.support.sides import StripeSide

PAID_IN, PART, FEE = 100_000, 40_000, 2_930


@pytest.fixture
def side(bank) -> Iterator[StripeSide]:
    found = StripeSide(bank)
    with found.settings():
        yield found


@pytest.fixture
def paid(side, merchant) -> Funding:
    """At Stripe; nothing of it is known here yet."""
    asked = ask_top_up(actor=merchant.actor, money=side.money(PAID_IN), provider="stripe", key="in")
    funding = submit_funding(asked.public_id)
    side.pay(funding)
    return funding


def costs(side: StripeSide) -> int:
    return -balance_of(chart.fees("stripe"), side.currency).amount_minor


def fee_lines() -> list[tuple[str, str, int]]:
    lines = Line.objects.filter(journal__kind="provider_fee").order_by("journal_id")
    return list(lines.values_list("source__kind", "destination__kind", "amount_minor"))


def at_stripe_and_here(side: StripeSide) -> tuple[int, int]:
    return sum(side.api.balance(None, side.currency.lower())), -balance_of(
        chart.world("stripe"), side.currency
    ).amount_minor


def test_the_fee_is_booked_with_its_payment_and_once(side, paid):
    results = race(*(lambda: refresh_funding(Funding.objects.get()) for _ in range(3)))
    assert not [result for result in results if isinstance(result, Exception)]
    backfill("stripe")
    relay_all()
    paid.refresh_from_db()
    assert (paid.state, paid.fee_minor, paid.fee_currency, paid.fee_lines) == ("paid", FEE, "USD", 1)
    assert fee_lines() == [("fees", "world", FEE)]
    assert Journal.objects.get(kind="provider_fee").reference == paid.public_id
    assert FundingLot.objects.get().remaining_minor == PAID_IN
    assert at_stripe_and_here(side) == (PAID_IN - FEE, PAID_IN - FEE)
    assert not invariants.violations()


def test_a_fee_that_is_drawn_later_is_booked_then(side, paid):
    told = provider("stripe").get_checkout(paid.checkout)
    not_yet = replace(told, charge=replace(told.charge, fee=None))
    settle_funding(actor=SYSTEM, public_id=paid.public_id, checkout=not_yet)
    assert (Funding.objects.get().state, fee_lines()) == ("paid", [])
    learn_fees(unchecked_for=timedelta(0))
    assert fee_lines() == [("fees", "world", FEE)]
    asked = Funding.objects.get().checked_at
    learn_fees(unchecked_for=timedelta(0))
    assert Funding.objects.get().checked_at == asked


def test_of_another_amount_than_asked_the_fee_is_ours_too(side, paid):
    told = provider("stripe").get_checkout(paid.checkout)
    other = replace(told, charge=replace(told.charge, money=side.money(PAID_IN + 1)))
    settle_funding(actor=SYSTEM, public_id=paid.public_id, checkout=other)
    assert (Funding.objects.get().state, costs(side)) == ("mismatched", FEE)


def test_what_stripe_keeps_of_a_refund_and_gives_back_when_it_fails(side, paid, merchant: Person):
    """What has fewer lines was said earlier."""
    refresh_funding(paid)
    lot = FundingLot.objects.get()
    ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=side.money(PART), key="back")
    relay_all()
    refund = Refund.objects.get()
    assert (refund.state, refund.fee_minor, refund.fee_lines, costs(side)) == ("done", 0, 1, FEE)
    Refund.objects.update(fee_lines=0)
    kept = replace(provider("stripe").get_refund(refund.provider_refund), fee=Fee(side.money(25), 1))
    back = replace(kept, fee=Fee(side.money(0), 2))
    for answer, cost in ((kept, FEE + 25), (kept, FEE + 25), (back, FEE), (kept, FEE)):
        settle_refund(actor=SYSTEM, public_id=refund.public_id, answer=answer)
        assert costs(side) == cost
    assert fee_lines() == [("fees", "world", FEE), ("fees", "world", 25), ("world", "fees", 25)]
