"""A refund that Stripe had called settled, and that the payer's bank sends back: in our books again, once."""

from collections.abc import Iterator
from functools import partial

import pytest

from marketplace.core import faults, invariants
from marketplace.core.tx import use_case
from marketplace.ledger import chart
from marketplace.ledger.models import FundingLot, Journal
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.refresh import refresh_funding, refresh_refund
from marketplace.payments.flows.submit import SYSTEM, submit_funding
from marketplace.payments.gateways import provider
from marketplace.payments.models import Funding, Refund
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.refunds import ask_refund, settle_refund
from marketplace.payments.steps.protecting import protect, refund_protected
from tests.factories.people import Person
from tests.support.kills import Killer, again
from tests.support.races import race
from tests.support.relay import due_now, relay_all
from tests.support.sides import StripeSide

PAID_IN, PART = 100_000, 40_000


@pytest.fixture
def side(bank) -> Iterator[StripeSide]:
    found = StripeSide(bank)
    with found.settings():
        yield found


@pytest.fixture
def lot(side, merchant) -> FundingLot:
    asked = ask_top_up(actor=merchant.actor, money=side.money(PAID_IN), provider="stripe", key="in")
    side.pay(submit_funding(asked.public_id))
    refresh_funding(Funding.objects.get())
    relay_all()
    return FundingLot.objects.get()


@pytest.fixture
def refund(side, merchant, lot) -> Refund:
    """Done, as Stripe says and we do."""
    ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=side.money(PART), key="back")
    relay_all()
    found = Refund.objects.get()
    assert found.state == "done"
    return found


def wallet(side: StripeSide, merchant: Person) -> int:
    return balance_of(chart.wallet(merchant.party.public_id, merchant.party.pk), side.currency).amount_minor


def is_back(side: StripeSide, merchant: Person) -> None:
    refund, lot = Refund.objects.get(), FundingLot.objects.get()
    assert (refund.state, refund.failure, wallet(side, merchant)) == ("returned", "lost_or_stolen_card", PAID_IN)
    assert lot.remaining_minor == PAID_IN
    assert Journal.objects.filter(kind="refund_returned").count() == 1
    theirs = sum(side.api.balance(None, side.currency.lower()))
    assert theirs == -balance_of(chart.world("stripe"), side.currency).amount_minor
    assert not invariants.violations()


def test_it_is_heard_of_by_the_log_and_in_the_wallet_again(side, merchant, refund):
    stale = provider("stripe").get_refund(refund.provider_refund)
    side.bank.fail_refund(refund.provider_refund)
    assert backfill("stripe") > 0
    relay_all()
    is_back(side, merchant)
    settle_refund(actor=SYSTEM, public_id=refund.public_id, answer=stale)
    race(*(partial(refresh_refund, refund) for _ in range(4)))
    is_back(side, merchant)
    assert Notice.objects.filter(kind="refund_returned").count() == 1


@pytest.mark.parametrize(
    "point",
    [
        "call:refund.get:after",
        "commit:payments.services.refunds.settle_refund:before",
        "commit:payments.services.refunds.settle_refund:after",
    ],
)
def test_killed_there_it_is_back_once(side, merchant, refund, point):
    side.bank.fail_refund(refund.provider_refund)
    killer = Killer(point)
    with faults.installed(killer):
        backfill("stripe")
        again(relay_all)
        due_now()
        again(relay_all)
    assert killer.struck
    is_back(side, merchant)


def test_out_of_protected_funds_it_is_protected_again(side, merchant, lot):
    money = side.money(PART)
    wallet_account = chart.wallet(merchant.party.public_id, merchant.party.pk)
    use_case(protect)(merchant=merchant.party, contract="ctr_1", source=wallet_account, money=money)
    use_case(refund_protected)(
        actor=SYSTEM, merchant=merchant.party, contract="ctr_1", money=money, reason=Refund.Reason.CANCELLED
    )
    relay_all()
    refund = Refund.objects.get()
    protected = chart.protected("ctr_1", merchant.party.pk)
    assert (refund.state, balance_of(protected, side.currency).amount_minor) == ("done", 0)
    side.bank.fail_refund(refund.provider_refund)
    backfill("stripe")
    relay_all()
    refund.refresh_from_db()
    assert (refund.state, balance_of(protected, side.currency).amount_minor) == ("returned", PART)
    assert wallet(side, merchant) == PAID_IN - PART
    assert Notice.objects.filter(kind="refund_returned_protected").count() == 1
