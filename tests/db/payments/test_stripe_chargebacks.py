"""Chargebacks at Stripe's stand-in: heard by its log, booked with its fee, answered under every fault of the call."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine

from marketplace.core import clock
from marketplace.core.actor import StaffRole
from marketplace.core.errors import NotFound
from marketplace.core.timers.fire import fire_due
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice
from marketplace.payments.flows.chargebacks import hear, resolve_chargebacks
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.refresh import refresh_funding
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.models import Chargeback, Funding, InboxEvent
from marketplace.payments.services.chargebacks import write_evidence
from marketplace.payments.services.funding import ask_top_up
from tests.factories.people import Person, make_staff
from tests.support.relay import due_now, relay_all
from tests.support.sides import StripeSide

PAID_IN = 100_000


@pytest.fixture
def side(bank) -> Iterator[StripeSide]:
    found = StripeSide(bank)
    with found.settings():
        yield found


@pytest.fixture
def finance(committed_db) -> Person:
    return make_staff(StaffRole.FINANCE)


def paid_in(side: StripeSide, merchant: Person, *, known: bool = True) -> str:
    """The charge of a top-up."""
    asked = ask_top_up(actor=merchant.actor, money=side.money(PAID_IN), provider="stripe", key="in")
    funding = submit_funding(asked.public_id)
    side.pay(funding)
    if known:
        refresh_funding(funding)
        relay_all()
        return Funding.objects.get().charge
    session = side.api.v1.checkout.sessions.retrieve(funding.checkout, {"expand": ["payment_intent"]})
    return session.payment_intent.latest_charge


def told(side: StripeSide) -> Chargeback:
    """By the log alone, until nothing is new."""
    for _ in range(2):
        due_now()
        relay_all()
        backfill("stripe")
    relay_all()
    return Chargeback.objects.get()


def hand_in(finance: Person, chargeback: Chargeback, words: str) -> None:
    texts = {"uncategorized_text": words}
    write_evidence(actor=finance.actor, public_id=chargeback.public_id, words=texts, and_hand_in=True)


def wallet(side: StripeSide, merchant: Person) -> int:
    return balance_of(chart.wallet(merchant.party.public_id, merchant.party.pk), side.currency).amount_minor


def at_stripe(side: StripeSide) -> tuple[int, int]:
    """What the stand-in's platform has, and what our books say that it has."""
    theirs = sum(amount - fee for _kind, amount, fee in side.api.lines())
    return theirs, -balance_of(chart.world("stripe"), side.currency).amount_minor


@pytest.mark.parametrize("how", ["win", "lose"])
def test_heard_answered_and_decided(side, merchant, finance, how):
    charge = paid_in(side, merchant)
    side.bank.dispute(charge, amount_minor=60_000)
    chargeback = told(side)
    fee = chargeback.fee_minor
    assert (chargeback.state, chargeback.taken_minor, wallet(side, merchant)) == ("opened", 60_000, 40_000)
    assert fee > 0
    assert at_stripe(side)[0] == at_stripe(side)[1]
    hand_in(finance, chargeback, "winning_evidence" if how == "win" else "losing_evidence")
    chargeback = told(side)
    owed = -balance_of(chart.receivable(merchant.party.public_id, merchant.party.pk), side.currency).amount_minor
    assert chargeback.evidence.state == "sent"
    if how == "win":
        assert (chargeback.state, wallet(side, merchant), owed) == ("won", PAID_IN, 0)
    else:
        assert (chargeback.state, wallet(side, merchant), owed) == ("lost", 40_000 - fee, 0)
    assert at_stripe(side)[0] == at_stripe(side)[1]
    sent = side.api.v1.disputes.retrieve(chargeback.provider_chargeback)
    assert sent.evidence.customer_email_address == merchant.user.email
    assert sent.evidence_details.submission_count == 1


@pytest.mark.parametrize("action", ["error_500_during", "error_500_after"])
def test_whatever_becomes_of_the_call_it_is_handed_in_once(side, merchant, finance, action):
    side.bank.dispute(paid_in(side, merchant))
    chargeback = told(side)
    side.bank.fault("stripe.dispute.update", action, count=1)
    hand_in(finance, chargeback, "Look at it.")
    relay_all()
    with time_machine.travel(clock.now() + timedelta(minutes=5), tick=True):
        due_now()
        relay_all()
        resolve_chargebacks(unchecked_for=timedelta(0))
        chargeback = told(side)
    assert (chargeback.state, chargeback.evidence.state) == ("evidence_sent", "sent")
    assert side.api.v1.disputes.retrieve(chargeback.provider_chargeback).evidence_details.submission_count == 1


def test_nobody_answers_and_on_the_last_day_the_clock_does(side, merchant, finance):
    side.bank.dispute(paid_in(side, merchant))
    chargeback = told(side)
    for before in (timedelta(days=5), timedelta(days=1), timedelta(hours=12)):
        with time_machine.travel(chargeback.due_at - before + timedelta(seconds=1), tick=True):
            fire_due()
            relay_all()
            due_now()
            relay_all()
    chargeback.evidence.refresh_from_db()
    assert (chargeback.evidence.state, chargeback.evidence.by_clock) == ("sent", True)
    kinds = list(Notice.objects.filter(user=finance.user).order_by("id").values_list("kind", flat=True))
    assert kinds == [
        "staff_chargeback_to_answer",
        "staff_evidence_soon",
        "staff_evidence_last_day",
        "staff_evidence_by_clock",
    ]


def test_too_late_the_answer_is_refused_and_it_is_lost(side, merchant, finance):
    dispute = side.bank.dispute(paid_in(side, merchant))
    chargeback = told(side)
    side.bank.decide(dispute["id"], "lose")
    hand_in(finance, chargeback, "Too late.")
    relay_all()
    chargeback.evidence.refresh_from_db()
    assert chargeback.evidence.state == "refused"
    assert told(side).state == "lost"


def test_heard_before_its_payment_is_known_the_payment_comes_first(side, merchant):
    charge = paid_in(side, merchant, known=False)
    dispute = side.bank.dispute(charge)
    hear("stripe", dispute["id"])
    assert (Funding.objects.get().state, Chargeback.objects.get().taken_minor) == ("paid", PAID_IN)
    assert wallet(side, merchant) == 0


def test_of_a_charge_that_is_not_ours_nothing_is_booked(side, merchant):
    side.bank.dispute(paid_in(side, merchant))
    Funding.objects.update(charge="ch_other", public_id="fnd_other")
    with pytest.raises(NotFound):
        hear("stripe", side.api.v1.disputes.list().data[0].id)
    backfill("stripe")
    relay_all()
    assert not Chargeback.objects.exists()
    about = InboxEvent.objects.filter(type__startswith="charge.dispute")
    assert set(about.values_list("state", flat=True)) == {"ignored"}
    Funding.objects.update(charge=side.api.v1.disputes.list().data[0].charge)
