"""After a change of who can get at the money: payouts wait, everybody hears of it, and a link freezes them."""

from datetime import timedelta

import pytest
import time_machine
from allauth.account.internal.flows.manage_email import emit_email_changed
from allauth.account.models import EmailAddress
from allauth.core import context
from django.test import Client

from marketplace.accounts.freeze_link import freeze_path, frozen_by
from marketplace.accounts.services.members import change_role
from marketplace.core import clock
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.errors import Forbidden
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice
from marketplace.payments.errors import PayoutsAreFrozen, PayoutsWait
from marketplace.payments.flows.inbox import backfill, process
from marketplace.payments.flows.pay_out import run_weekly_payouts
from marketplace.payments.models import InboxEvent, Payout, PayoutGuard, Transfer
from marketplace.payments.services.payout_account import freeze_payouts, thaw_payouts
from marketplace.payments.services.payouts import ask_payout
from tests.factories.payees import payee, released, topped_up
from tests.factories.people import PASSWORD, Person, make_member, make_owner, make_staff
from tests.support.relay import relay_all

WEEK = timedelta(days=8)
PART = 120_000
OTHER_CARD = "6228480099990000004"


@pytest.fixture
def anchor(at_bank, merchant) -> Person:
    """CNY 1,200.00 on her account at the bank, a week and a day after it was released."""
    anchor = payee(at_bank, make_owner("anchor", "Xia Wei"))
    topped_up(at_bank, merchant, 1_000_000)
    released(merchant, (anchor.party, PART))
    relay_all()
    with time_machine.travel(clock.now() + WEEK, tick=True):
        fire_due()
        relay_all()
        yield anchor


def connected(person: Person) -> int:
    return balance_of(chart.connected(person.party.public_id, person.party.pk), "CNY").amount_minor


def ask(person: Person, key: str = "form-1") -> Payout:
    return ask_payout(actor=person.actor, currency="CNY", key=key)


def waits(person: Person, change: str) -> None:
    """Nothing goes for 72 hours, by nobody and not by the weekly run; then it goes."""
    assert PayoutGuard.objects.get(party=person.party).change == change
    with pytest.raises(PayoutsWait):
        ask(person, "too-soon")
    run_weekly_payouts()
    assert (Payout.objects.count(), connected(person)) == (0, PART)
    with time_machine.travel(clock.now() + timedelta(hours=72, minutes=1), tick=True):
        run_weekly_payouts()
        relay_all()
        assert Payout.objects.get().state == "in_transit"


def test_a_changed_password(anchor):
    client = Client()
    client.force_login(anchor.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    new = "another-harbour-entirely"
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    relay_all()
    assert Notice.objects.filter(kind="payouts_wait_password", user=anchor.user).count() == 1
    waits(anchor, "password")


def test_a_changed_address_the_old_one_gets_a_link_that_freezes(anchor, rf, mailoutbox):
    old = EmailAddress.objects.get(user=anchor.user)
    new = EmailAddress.objects.create(user=anchor.user, email="xia.new@example.com", verified=True)
    request = rf.get("/")
    request.user = anchor.user
    with context.request_context(request):
        emit_email_changed(request, old, new)
    relay_all()
    [mail] = [mail for mail in mailoutbox if mail.to == [old.email] and "e-mail was changed" in mail.subject]
    token = mail.body.partition("/earnings/freeze/")[2].partition("/")[0]
    assert frozen_by(token) == anchor.user.public_id
    waits(anchor, "email")


def test_another_payout_account(at_bank, anchor):
    at_bank.name_account(anchor.party.payout_accounts.get().provider_payee, number=OTHER_CARD)
    backfill("test_bank")
    relay_all()
    assert Notice.objects.filter(kind="payouts_wait_payout_account", user=anchor.user).count() == 1
    assert Notice.objects.filter(kind="payout_account_changed", facts={"last4": "0004"}).count() == 1
    waits(anchor, "payout_account")


def test_the_same_account_named_again_changes_nothing(at_bank, anchor):
    at_bank.name_account(anchor.party.payout_accounts.get().provider_payee)
    backfill("test_bank")
    relay_all()
    assert not PayoutGuard.objects.exists()
    assert ask(anchor).amount_minor == PART


def test_a_new_hand_on_the_money(anchor):
    member = make_member(anchor.party, Role.MEMBER)
    change_role(actor=anchor.actor, user_public_id=member.user.public_id, role=Role.VIEWER, can_sign=False)
    relay_all()
    assert not PayoutGuard.objects.exists()
    change_role(actor=anchor.actor, user_public_id=member.user.public_id, role=Role.FINANCE, can_sign=False)
    relay_all()
    assert Notice.objects.filter(kind="payouts_wait_finance_member").count() == 2
    waits(anchor, "finance_member")


def test_a_payout_that_was_asked_for_before_the_change_waits_too(at_bank, anchor):
    payout = ask(anchor)
    at_bank.name_account(anchor.party.payout_accounts.get().provider_payee, number=OTHER_CARD)
    backfill("test_bank")
    for public_id in InboxEvent.objects.values_list("public_id", flat=True):
        process(public_id)
    relay_all()
    payout.refresh_from_db()
    assert (payout.state, payout.hold) == ("on_hold", "security_change")
    assert balance_of(chart.in_transit(payout.public_id, anchor.party.pk), "CNY").amount_minor == PART
    with time_machine.travel(payout.held_until + timedelta(minutes=1), tick=True):
        assert fire_due() == 1
        relay_all()
    payout.refresh_from_db()
    assert (payout.state, payout.last4) == ("in_transit", "0004")


def test_the_link_of_the_mail_freezes_until_staff_thaw(at_bank, merchant, anchor):
    change_role(
        actor=anchor.actor,
        user_public_id=make_member(anchor.party, Role.MEMBER).user.public_id,
        role=Role.FINANCE,
        can_sign=False,
    )
    relay_all()
    path = Notice.objects.filter(kind="payouts_wait_finance_member").first().path
    assert frozen_by(path.split("/")[-2]) == anchor.party.public_id
    [party] = freeze_payouts(actor=Actor(), public_id=anchor.party.public_id)
    assert party == anchor.party
    with time_machine.travel(clock.now() + timedelta(days=30), tick=True):
        with pytest.raises(PayoutsAreFrozen):
            ask(anchor)
        run_weekly_payouts()
        [held] = released(merchant, (anchor.party, 5_000))
        relay_all()
        held.refresh_from_db()
        assert (held.state, held.hold, Payout.objects.count()) == ("on_hold", "frozen", 0)
        with pytest.raises(Forbidden):
            thaw_payouts(actor=anchor.actor, party_public_id=anchor.party.public_id)
        assert PayoutGuard.objects.get().frozen_at is not None
        thaw_payouts(actor=make_staff(StaffRole.FINANCE).actor, party_public_id=anchor.party.public_id)
        relay_all()
        assert Transfer.objects.get(pk=held.pk).state == "done"
        assert ask(anchor).amount_minor == PART + 5_000


def test_a_users_link_freezes_the_parties_whose_money_she_may_move(anchor):
    other = make_owner("anchor", "Somebody Else")
    for party in (anchor.party, other.party):
        PayoutGuard.objects.create(party=party, change="password")
    viewer = make_member(other.party, Role.VIEWER)
    assert freeze_payouts(actor=Actor(), public_id=viewer.user.public_id) == []
    assert freeze_payouts(actor=Actor(), public_id=anchor.user.public_id) == [anchor.party]
    assert PayoutGuard.objects.filter(frozen_at=None).get().party == other.party


@pytest.mark.parametrize("token", ["", "x", "InB0eV8xIg:1:forged"])
def test_a_forged_link_freezes_nobody(token):
    assert frozen_by(token) is None


def test_a_link_lapses_after_thirty_days():
    token = freeze_path("pty_1").split("/")[-2]
    assert frozen_by(token) == "pty_1"
    with time_machine.travel(clock.now() + timedelta(days=31)):
        assert frozen_by(token) is None
