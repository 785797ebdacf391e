"""A payee has an account with each provider: what lies with one is paid out by that one, whatever the other says."""

import pytest
from django.db import IntegrityError, transaction

from marketplace.core.actor import Actor, Role
from marketplace.core.tx import use_case
from marketplace.payments.errors import NoPayoutAccount
from marketplace.payments.models import Payout, PayoutAccount, PayoutRunMember, Transfer
from marketplace.payments.selectors.earnings import accounts_of, earnings_of
from marketplace.payments.services.payout_runs import plan_payout_run, post_members, start_payout_run
from marketplace.payments.services.payouts import ask_payout
from marketplace.payments.steps.payout_holds import holds_payout, holds_transfer
from tests.factories.payees import with_second_factor
from tests.factories.people import Person, make_member
from tests.factories.ready import more_for, payees_with_money

HERE, THERE = 5_000, 3_000


@pytest.fixture
def payee(committed_db) -> Person:
    """5 000 with the test bank, and 3 000 with another provider, where she has no account yet."""
    [party] = payees_with_money(1, minor=HERE)
    elsewhere = more_for(party, THERE)
    Transfer.objects.filter(pk=elsewhere.pk).update(provider="elsewhere")
    return with_second_factor(make_member(party, Role.OWNER))


def account_elsewhere(payee: Person) -> PayoutAccount:
    return PayoutAccount.objects.create(
        party=payee.party, provider="elsewhere", provider_payee="els_1", last4="9009", payouts_enabled=True
    )


def ask(payee: Person, key: str) -> Payout:
    return ask_payout(actor=payee.actor, currency="CNY", key=key)


def test_a_payout_takes_what_lies_where_she_has_an_account(payee):
    first = ask(payee, "first")
    assert (first.provider, first.amount_minor) == ("test_bank", HERE)
    with pytest.raises(NoPayoutAccount):
        ask(payee, "second")
    assert Payout.objects.count() == 1
    account_elsewhere(payee)
    second = ask(payee, "second")
    assert (second.provider, second.payee, second.last4, second.amount_minor) == ("elsewhere", "els_1", "9009", THERE)


def test_one_payout_goes_by_one_provider_the_larger_part_first(payee):
    account_elsewhere(payee)
    assert [ask(payee, key).provider for key in ("first", "second")] == ["test_bank", "elsewhere"]


def test_each_account_holds_its_own(payee):
    [elsewhere] = Transfer.objects.filter(provider="elsewhere")
    assert use_case(holds_transfer)(elsewhere).reason == "no_account"
    account_elsewhere(payee)
    payout = ask(payee, "first")
    PayoutAccount.objects.filter(provider="elsewhere").update(payouts_enabled=False)
    assert use_case(holds_payout)(payout) is None
    PayoutAccount.objects.filter(provider="test_bank").update(payouts_enabled=False)
    assert use_case(holds_payout)(payout).reason == "no_account"


def test_a_run_pays_by_each_provider_to_its_own_account(payee):
    account_elsewhere(payee)
    run = plan_payout_run(actor=Actor.system("test")).public_id
    start_payout_run(actor=Actor.system("test"), public_id=run)
    post_members(actor=Actor.system("test"), public_id=run, chunk=10)
    assert PayoutRunMember.objects.filter(outcome="posted").count() == 2
    paid = {payout.provider: (payout.payee, payout.amount_minor) for payout in Payout.objects.all()}
    assert paid["elsewhere"] == ("els_1", THERE)
    assert paid["test_bank"] == (f"pye_{payee.party.pk}", HERE)


def test_her_earnings_say_where_it_lies(payee):
    [purse] = earnings_of(payee.actor, payee.party).purses
    assert purse.providers == {"test_bank", "elsewhere"}
    assert list(accounts_of(payee.actor)) == ["test_bank"]


def test_one_account_with_each(payee):
    with pytest.raises(IntegrityError), transaction.atomic():
        PayoutAccount.objects.create(party=payee.party, provider="test_bank")
