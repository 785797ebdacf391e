"""What happens on a payee's account at Stripe and no webhook brings: asked about, a part at a time."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from marketplace.core import clock, faults, invariants
from marketplace.core.timers.fire import fire_due
from marketplace.ledger.models import Journal
from marketplace.payments.flows.look_after import EVERY, look_after_payees
from marketplace.payments.flows.pay_out import open_account_page, run_weekly_payouts
from marketplace.payments.flows.refresh import refresh_account, refresh_funding, refresh_payout, resolve_unknown
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.models import Funding, Payout, PayoutAccount
from marketplace.payments.selectors.looking_after import accounts_with_something_moving, payouts_that_may_come_back
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.payout_account import ask_payout_account
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner
from tests.support.kills import Killer, again
from tests.support.relay import due_now, relay_all
from tests.support.sides import StripeSide

PART = 40_000


@pytest.fixture
def side(bank) -> Iterator[StripeSide]:
    found = StripeSide(bank)
    with found.settings():
        yield found


@pytest.fixture
def account(side, merchant) -> PayoutAccount:
    """Hers at Stripe, named and seen here."""
    anchor = with_second_factor(make_owner("anchor", "Xia Wei"))
    verify(anchor.party, "payee")
    found = ask_payout_account(actor=anchor.actor, provider="stripe")
    open_account_page(found)
    found.refresh_from_db()
    side.name_account(found)
    return refresh_account(found)


def released_to(side: StripeSide, merchant: Person, account: PayoutAccount) -> None:
    asked = ask_top_up(actor=merchant.actor, money=side.money(100_000), provider="stripe", key="in")
    side.pay(submit_funding(asked.public_id))
    refresh_funding(Funding.objects.get())
    released(merchant, (account.party, PART), currency="USD")


def test_a_payout_that_came_back_unheard_is_hers_again_whoever_dies(side, merchant, account):
    released_to(side, merchant, account)
    side.let_money_become_available()
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        fire_due()
        relay_all()
        resolve_unknown(unchecked_for=timedelta(0))
        run_weekly_payouts()
        due_now()
        relay_all()
        payout = Payout.objects.get()
        side.settle_payout(payout.provider_payout)
        assert refresh_payout(payout).state == "paid"
        side.settle_payout(payout.provider_payout, "fail")
        look_after_payees()
        assert Payout.objects.get().state == "paid"  # asked about only just now
        with time_machine.travel(clock.now() + EVERY + timedelta(minutes=1), tick=True):
            killer = Killer("call:payout.get:after")
            with faults.installed(killer):
                again(look_after_payees)
            assert killer.struck
            assert Payout.objects.get().state == "returned"
            assert Journal.objects.filter(kind="payout_returned").count() == 1
            assert not payouts_that_may_come_back(unchecked_for=timedelta(0)).exists()
            assert not invariants.violations()


def test_an_account_that_stripe_restricts_unheard_is_asked_about_while_money_waits_for_it(side, merchant, account):
    side.bank.onboard(account.provider_payee, "want_more")
    with time_machine.travel(clock.now() + EVERY + timedelta(minutes=1), tick=True):
        assert not accounts_with_something_moving(unchecked_for=EVERY).exists()
        released_to(side, merchant, account)
        assert [found.pk for found in accounts_with_something_moving(unchecked_for=EVERY)] == [account.pk]
        look_after_payees()
        account.refresh_from_db()
        assert (account.payouts_enabled, account.wanted) == (False, ["papers"])
        assert not accounts_with_something_moving(unchecked_for=EVERY).exists()


def test_one_that_cannot_be_asked_stops_no_other(side, merchant, account):
    PayoutAccount.objects.update(payouts_enabled=False, checked_at=clock.now() - EVERY)
    other = make_owner("anchor", "Lan Mo")
    PayoutAccount.objects.create(
        party=other.party, provider="stripe", provider_payee="acct_nobody", checked_at=clock.now() - 2 * EVERY
    )
    look_after_payees()
    account.refresh_from_db()
    assert account.payouts_enabled
