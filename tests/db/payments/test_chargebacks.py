"""A payer's bank takes a charge back: what stands still, what is owed, how it ends; however often and in which order it
is told, and whoever moves the same money meanwhile."""

from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine

from marketplace.campaigns.models import VTask
from marketplace.campaigns.services.publishing import submit_task
from marketplace.campaigns.services.running import pause_task, reserve_task_budget, resume_task
from marketplace.chat.models import Conversation
from marketplace.contracts.errors import FundsFrozen
from marketplace.contracts.models import Contract, Submission
from marketplace.contracts.selectors.money_line import money_line_of
from marketplace.contracts.services.cancelling import answer_cancellation, ask_to_cancel
from marketplace.contracts.services.work import approve, submit
from marketplace.contracts.steps.ageing import end_by_age
from marketplace.contracts.steps.clocks import REVIEW
from marketplace.contracts.steps.working import lock_work
from marketplace.core import clock
from marketplace.core.access_log import log_access
from marketplace.core.actor import StaffRole
from marketplace.core.errors import Forbidden
from marketplace.core.models import Timer
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.core.tx import use_case
from marketplace.ledger import chart
from marketplace.ledger.models import Journal
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice
from marketplace.payments.answers import ChargebackStatus as Status
from marketplace.payments.answers import ProviderChargeback
from marketplace.payments.charged_back import Drawn, Standing, drawn
from marketplace.payments.errors import EvidenceIsOut, InDebt
from marketplace.payments.flows.chargebacks import settle
from marketplace.payments.models import Chargeback, ChargebackPart, Debt, Funding, Transfer
from marketplace.payments.selectors.debts import owed_by
from marketplace.payments.services.chargebacks import gather_again, write_evidence
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.refunds import ask_refund
from marketplace.payments.steps.protecting import protect
from marketplace.payments.steps.reserving import reserve
from tests.factories.deals import verify
from tests.factories.funded import approved, arrived, funded, handed_in, piece, published
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.talks import say
from tests.factories.tasks import draft, open_task
from tests.support.races import race
from tests.support.relay import errors, relay_all

FEE = 1_500
NOW = Status.NEEDS_RESPONSE


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei")
    verify(person.party, "anchor")
    return person


@pytest.fixture
def finance(committed_db) -> Person:
    return make_staff(StaffRole.FINANCE)


def told(funding: Funding, minor: int = 0, status: Status = NOW, *, name: str = "dp_1", **changed: object):
    """What the provider says: it took this much (all of it, unless told otherwise) and a fee, in one line."""
    funding.refresh_from_db()
    minor = minor or funding.amount_minor
    taken = Money(minor, funding.currency)
    said = ProviderChargeback(
        id=name,
        status=status,
        charge=funding.charge,
        reference=funding.public_id,
        money=taken,
        taken=taken,
        fee=Money(FEE, funding.currency),
        lines=1,
        reason="product_not_received",
        due_at=clock.now() + timedelta(days=7),
        submissions=0,
        created_at=clock.now(),
    )
    return replace(said, **changed)


def given_back(said: ProviderChargeback, status: Status = Status.WON) -> ProviderChargeback:
    return replace(said, status=status, taken=Money.zero(said.taken.currency), lines=2)


def hear(funding: Funding, *answers: ProviderChargeback) -> Chargeback:
    for answer in answers:
        settle(funding.public_id, answer)
        relay_all()
    # No provider is configured here: what goes back to its source waits.
    assert [error for error in errors() if "gateways/registry" not in error] == []
    return Chargeback.objects.get(provider_chargeback=answers[-1].id)


def funding_of(contract: Contract) -> Funding:
    return Funding.objects.get(public_id=contract.funded_by)


def at(ref: chart.AccountRef, currency: str = "CNY") -> int:
    return balance_of(ref, currency).amount_minor


def protected(contract: Contract) -> int:
    return at(chart.protected(contract.public_id, contract.merchant_id))


def owed(person: Person) -> int:
    return -at(chart.receivable(person.party.public_id, person.party.pk))


def wallet(person: Person) -> int:
    return at(chart.wallet(person.party.public_id, person.party.pk))


def topped_up(merchant: Person, minor: int, key: str = "in") -> Funding:
    asked = ask_top_up(actor=merchant.actor, money=Money(minor, "CNY"), provider="test_bank", key=key)
    arrived(asked)
    relay_all()
    return Funding.objects.get(pk=asked.pk)


def adds_up(contract: Contract) -> bool:
    return money_line_of(Contract.objects.get(pk=contract.pk)).off_by_minor == 0


def clocks_of(contract: Contract) -> int:
    mine = contract.deliverables.values_list("public_id", flat=True)
    return Timer.objects.filter(aggregate__in=list(mine), state="pending").count()


def kinds(person: Person) -> set[str]:
    return set(Notice.objects.filter(user=person.user).values_list("kind", flat=True))


def test_what_is_released_is_owed_and_the_rest_stands_still(merchant, anchor, finance):
    contract = funded(merchant, anchor)
    approved(merchant, anchor, contract, 1)
    handed_in(anchor, contract, 2)
    relay_all()
    before, transfers = protected(contract), list(Transfer.objects.values("amount_minor", "state", "hold"))
    paid = funding_of(contract)
    chargeback = hear(paid, told(paid))
    released = paid.amount_minor - before
    assert (protected(contract), owed(merchant)) == (0, released)
    assert -at(chart.fees("test_bank")) == FEE
    assert list(Transfer.objects.values("amount_minor", "state", "hold")) == transfers
    assert {part.place: part.amount_minor for part in chargeback.parts.all()} == {
        "protected": before,
        "debt": released,
    }
    assert adds_up(contract)
    assert clocks_of(contract) == 0
    journals = Journal.objects.count()
    second, third = piece(contract, 2).public_id, piece(contract, 3).public_id
    with pytest.raises(FundsFrozen):
        approve(actor=merchant.actor, public_id=second)
    with pytest.raises(FundsFrozen):
        submit(actor=anchor.actor, public_id=third, note="", link="https://example.com/1")
    ask_to_cancel(actor=merchant.actor, public_id=contract.public_id, words="")
    with pytest.raises(FundsFrozen):
        answer_cancellation(actor=anchor.actor, public_id=contract.public_id, agree=True)
    with time_machine.travel(clock.now() + timedelta(days=20), tick=True):
        fire_due()
        relay_all()
        use_case(lambda: end_by_age(piece(contract, 2).contract, lock_work(contract), by=merchant.actor))()
    contract.refresh_from_db()
    assert (contract.state, piece(contract, 2).state) == ("cancel_requested", "submitted")
    assert Journal.objects.count() == journals
    assert {"chargeback_opened", "contract_frozen", "debt_arose_chargeback"} <= kinds(merchant)
    assert "contract_frozen" in kinds(anchor)
    assert {"staff_chargeback_to_answer", "staff_evidence_by_clock"} <= kinds(finance)


def test_won_everything_is_as_it_was_and_goes_on(merchant, anchor):
    contract = funded(merchant, anchor)
    approved(merchant, anchor, contract, 1)
    handed_in(anchor, contract, 2)
    topped_up(merchant, 100_000)
    paid, before = funding_of(contract), protected(contract)
    said = told(paid)
    hear(paid, said)
    assert wallet(merchant) == 0
    assert owed(merchant) == paid.amount_minor - before - 100_000
    chargeback = hear(paid, given_back(said))
    assert chargeback.state == "won"
    assert (protected(contract), owed(merchant), wallet(merchant)) == (before, 0, 100_000)
    assert owed_by(merchant.party.pk) == []
    assert Timer.objects.filter(aggregate=piece(contract, 2).public_id, kind=REVIEW, state="pending").exists()
    approve(actor=merchant.actor, public_id=piece(contract, 2).public_id)
    assert adds_up(contract)
    assert {"chargeback_won", "contract_thawed", "chargeback_reinstated"} <= kinds(merchant)
    assert -at(chart.fees("test_bank")) == FEE


def test_lost_the_rest_covers_it_the_contract_ends_and_the_debt_stays(merchant, anchor):
    verify(merchant.party, "merchant")
    contract, paused = funded(merchant, anchor), open_task(merchant)
    pause_task(actor=merchant.actor, public_id=paused.public_id)
    approved(merchant, anchor, contract, 1)
    published(merchant, anchor, contract, 3)
    relay_all()
    paid, before = funding_of(contract), protected(contract)
    said = told(paid)
    hear(paid, said)
    hear(paid, replace(said, status=Status.LOST))
    contract.refresh_from_db()
    debt = paid.amount_minor - before + FEE
    assert contract.state == "cancelled"
    assert {one.state for one in contract.deliverables.all()} == {"approved", "void"}
    assert set(contract.returns.values_list("why", flat=True)) == {"chargeback"}
    assert (protected(contract), owed(merchant), at(chart.fees("test_bank"))) == (0, debt, 0)
    assert set(Debt.objects.values_list("why", flat=True)) == {"chargeback", "chargeback_fee"}
    assert adds_up(contract)
    begun = draft(merchant)
    for task, publish in ((begun, submit_task), (paused, resume_task)):
        untouched = VTask.objects.values().get(pk=task.pk)
        with pytest.raises(InDebt):
            publish(actor=merchant.actor, public_id=task.public_id)
        assert VTask.objects.values().get(pk=task.pk) == untouched
    topped_up(merchant, debt - 5_000)
    assert (owed(merchant), wallet(merchant)) == (5_000, 0)
    topped_up(merchant, 30_000, key="again")
    assert (owed(merchant), wallet(merchant)) == (0, 25_000)
    submit_task(actor=merchant.actor, public_id=begun.public_id)
    assert {"chargeback_lost", "contract_charged_back", "debt_settled_in_part", "debt_settled"} <= kinds(merchant)
    assert "contract_charged_back" in kinds(anchor)


def test_of_a_part_that_is_lost_the_rest_goes_back_to_its_source(merchant, anchor):
    contract = funded(merchant, anchor)
    paid = funding_of(contract)
    said = told(paid, 200_000)
    hear(paid, said)
    assert protected(contract) == paid.amount_minor - 200_000
    handed_in_is_refused(anchor, contract)
    hear(paid, replace(said, status=Status.LOST))
    assert protected(contract) == 0
    assert at(chart.clearing("test_bank")) == paid.amount_minor - 200_000 - FEE
    assert owed(merchant) == 0
    assert adds_up(contract)


def handed_in_is_refused(anchor: Person, contract: Contract) -> None:
    with pytest.raises(FundsFrozen):
        handed_in(anchor, contract, 1)


def test_wallet_money_gives_what_nobody_was_promised_first(merchant):
    paid = topped_up(merchant, 100_000)
    set_aside(merchant, task=30_000, contract=20_000)
    said = told(paid, 80_000)
    chargeback = hear(paid, said)
    assert [(part.place, part.amount_minor) for part in chargeback.parts.order_by("id")] == [
        ("protected", 20_000),
        ("reserved", 30_000),
        ("wallet", 30_000),
    ]
    assert (wallet(merchant), owed(merchant)) == (20_000, 0)
    hear(paid, given_back(said))
    assert wallet(merchant) == 50_000


@use_case
def set_aside(merchant: Person, *, task: int, contract: int) -> None:
    party = merchant.party
    reserve(party=party, task="vtk_1", money=Money(task, "CNY"))
    source = chart.wallet(party.public_id, party.pk)
    protect(merchant=party, contract="ctr_1", source=source, money=Money(contract, "CNY"))


@pytest.mark.parametrize(
    ("answers", "parts"),
    [
        pytest.param([{}, {"name": "dp_2"}], {"wallet": 100_000, "unmatched": 100_000}, id="twice over one charge"),
        pytest.param([{"minor": 130_000}], {"wallet": 100_000, "unmatched": 30_000}, id="more than the charge"),
        pytest.param(
            [{"taken": Money(9_000, "USD"), "fee": Money(1_500, "USD")}], {"unmatched": 9_000}, id="another currency"
        ),
        pytest.param([{"minor": 40_000}, {"minor": 60_000, "lines": 2}], {"wallet": 60_000}, id="more, later"),
        pytest.param([{"minor": 70_000}, {"name": "dp_2", "minor": 30_000}], {"wallet": 100_000}, id="in two parts"),
        pytest.param([{"taken": Money.zero("CNY"), "lines": 0, "status": Status.INQUIRY}], {}, id="an inquiry"),
    ],
)
def test_whatever_was_taken_is_booked_where_it_stood(merchant, finance, answers, parts):
    paid = topped_up(merchant, 100_000)
    for one in answers:
        hear(paid, told(paid, **one))
    found: dict[str, int] = {}
    for part in ChargebackPart.objects.filter(back_at=None):
        found[part.place] = found.get(part.place, 0) + part.amount_minor
    assert found == parts
    assert ("staff_chargeback_unmatched" in kinds(finance)) == ("unmatched" in parts)
    assert owed(merchant) == 0


def test_of_a_payment_that_waits_in_suspense_it_leaves_suspense(merchant):
    asked = ask_top_up(actor=merchant.actor, money=Money(100_000, "CNY"), provider="test_bank", key="in")
    arrived(asked, money=Money(90_000, "CNY"))
    relay_all()
    chargeback = hear(asked, told(asked, 90_000))
    assert [(part.place, part.amount_minor) for part in chargeback.parts.all()] == [("suspense", 90_000)]
    assert at(chart.suspense()) == 0


@pytest.mark.parametrize("end", [Status.WON, Status.LOST])
def test_the_order_in_which_it_is_told_does_not_matter(merchant, end):
    paid = topped_up(merchant, 100_000)
    ends = []
    for number, order in enumerate([(0, 1, 2, 3), (3, 2, 1, 0), (2, 0, 3, 1), (1, 3, 3, 0), (3, 1, 2, 3)]):
        before = told(paid, 20_000, name=f"dp_{number}", taken=Money.zero("CNY"), fee=Money.zero("CNY"), lines=0)
        taken = told(paid, 20_000, name=f"dp_{number}", due_at=before.due_at)
        sent = replace(taken, status=Status.UNDER_REVIEW, submissions=1)
        over = given_back(sent) if end == Status.WON else replace(sent, status=Status.LOST)
        for place in order:
            settle(paid.public_id, (before, taken, sent, over)[place])
        found = Chargeback.objects.get(provider_chargeback=f"dp_{number}")
        ends.append((found.state, found.taken_minor, found.fee_minor, found.evidence.state))
    assert set(ends) == {(end.value, 0 if end == Status.WON else 20_000, FEE, "sent")}
    relay_all()
    assert errors() == []


def test_told_twenty_times_at_once_it_is_booked_once(merchant):
    paid = topped_up(merchant, 100_000)
    said = told(paid, 60_000)
    found = race(*[lambda: settle(paid.public_id, said)] * 6)
    assert {one.public_id for one in found} == {Chargeback.objects.get().public_id}
    relay_all()
    assert wallet(merchant) == 40_000
    assert Journal.objects.filter(kind="charged_back").count() == 1


def test_a_release_and_a_chargeback_at_the_same_moment(merchant, anchor):
    contract = funded(merchant, anchor)
    handed_in(anchor, contract, 1)
    paid = funding_of(contract)
    said, whole = told(paid), protected(contract)
    one = piece(contract, 1).public_id
    results = race(lambda: approve(actor=merchant.actor, public_id=one), lambda: settle(paid.public_id, said))
    relay_all()
    released = contract.releases.exists()
    assert released == (not isinstance(results[0], FundsFrozen)), results
    assert not isinstance(results[1], Exception), results
    assert (owed(merchant) > 0) == released
    assert protected(contract) == 0
    assert ChargebackPart.objects.get(place="protected").amount_minor == whole - owed(merchant)


def test_a_refund_and_a_chargeback_at_the_same_moment(merchant):
    """Whichever is first: what is gone twice is owed, and what the bank sends back of the refund settles it."""
    from marketplace.ledger.models import FundingLot
    from marketplace.payments.answers import ProviderRefund
    from marketplace.payments.models import Refund
    from marketplace.payments.services.refunds import settle_refund
    from tests.factories.funded import SYSTEM

    paid = topped_up(merchant, 100_000)
    said, lot = told(paid), FundingLot.objects.get()
    ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=Money(40_000, "CNY"), key="early")
    race(
        lambda: ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=Money(30_000, "CNY"), key="r"),
        lambda: settle(paid.public_id, said),
    )
    relay_all()
    on_its_way = at(chart.clearing("test_bank"))
    assert on_its_way in (40_000, 70_000)
    assert (owed(merchant), wallet(merchant)) == (on_its_way, 0)
    with pytest.raises(InDebt):
        ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=Money(1, "CNY"), key="no")
    for refund in Refund.objects.all():
        answer = ProviderRefund("re_1", "failed", refund.public_id, refund.charge, refund.money, "charge_disputed")
        settle_refund(actor=SYSTEM, public_id=refund.public_id, answer=answer)
    relay_all()
    assert (owed(merchant), wallet(merchant), at(chart.clearing("test_bank"))) == (0, 0, 0)


def test_a_debt_may_be_paid_to_the_cent_where_there_is_no_wallet(merchant, settings):
    paid = topped_up(merchant, 100_000)
    said = told(paid)
    chargeback = hear(paid, said)
    hear(paid, replace(said, status=Status.LOST))
    assert chargeback.debts.count() == 1
    settings.WALLET_ENABLED = False
    topped_up(merchant, FEE, key="debt")
    assert (owed(merchant), wallet(merchant)) == (0, 0)
    assert Funding.objects.filter(state="paid").count() == 2


def test_the_evidence_is_what_the_platform_knows_and_finance_says(merchant, anchor, finance):
    contract = funded(merchant, anchor)
    approved(merchant, anchor, contract, 1)
    published(merchant, anchor, contract, 3)
    relay_all()
    shown = Submission.objects.get(deliverable=piece(contract, 1))
    log_access(actor=merchant.actor, subject=shown.public_id, address="203.0.113.8")
    log_access(actor=anchor.actor, subject=shown.public_id, address="203.0.113.7")
    say(merchant, Conversation.objects.get(subject=contract.public_id), "Just what we wanted.")
    paid = funding_of(contract)
    chargeback = hear(paid, told(paid))
    text = chargeback.evidence.gathered["uncategorized_text"]
    assert contract.terms_sha256 in text
    assert "Signed as merchant" in text
    assert "https://www.douyin.com/video/7" in text
    assert "approved" in text
    assert f"{merchant.user.name}, Chenyu Tea, wrote: Just what we wanted." in text
    assert chargeback.evidence.gathered["customer_purchase_ip"] == "203.0.113.9"
    log = chargeback.evidence.gathered["access_activity_log"]
    assert "deliverable.approved" in log
    assert f"{merchant.user.name}: was shown version 1 of “{piece(contract, 1).title}” (web, from 203.0.113.8)" in log
    assert "203.0.113.7" not in log
    with pytest.raises(Forbidden):
        write_evidence(actor=merchant.actor, public_id=chargeback.public_id, words={})
    write_evidence(actor=finance.actor, public_id=chargeback.public_id, words={"uncategorized_text": "Look."})
    gather_again(actor=finance.actor, public_id=chargeback.public_id)
    relay_all()
    chargeback.evidence.refresh_from_db()
    assert chargeback.evidence.words["uncategorized_text"] == "Look."
    hear(paid, told(paid, submissions=1, status=Status.UNDER_REVIEW))
    with pytest.raises(EvidenceIsOut):
        write_evidence(actor=finance.actor, public_id=chargeback.public_id, words={"uncategorized_text": "Late."})
    chargeback.evidence.refresh_from_db()
    assert (chargeback.evidence.state, chargeback.evidence.words["uncategorized_text"]) == ("sent", "Look.")


def test_an_inquiry_that_was_answered_and_becomes_a_chargeback_is_answered_again(merchant):
    paid = topped_up(merchant, 100_000)
    asked = told(paid, taken=Money.zero("CNY"), fee=Money.zero("CNY"), lines=0, status=Status.INQUIRY, submissions=1)
    first = hear(paid, asked)
    assert (first.state, first.evidence.state, wallet(merchant)) == ("inquired", "sent", 100_000)
    second = hear(paid, told(paid, submissions=1))
    assert (second.state, second.evidence.state, wallet(merchant)) == ("opened", "gathering", 0)
    assert Timer.objects.filter(aggregate=second.public_id, kind="evidence.due", state="pending").exists()


def test_what_was_lost_and_is_given_back_all_the_same_is_for_a_person(merchant, finance):
    paid = topped_up(merchant, 100_000)
    said = told(paid)
    hear(paid, said)
    hear(paid, replace(said, status=Status.LOST))
    journals = Journal.objects.count()
    assert hear(paid, given_back(said)).state == "lost"
    assert Journal.objects.count() == journals
    assert "staff_chargeback_contradicted" in kinds(finance)


def test_a_budget_is_set_aside_whole_or_not_at_all(merchant):
    paid = topped_up(merchant, 1_000_000)
    task = draft(merchant, seats=1, fee_minor=400_000)
    reserve_task_budget(actor=merchant.actor, public_id=task.public_id)
    task.refresh_from_db()
    budget = task.reserved_minor
    assert 0 < budget < 1_000_000
    said = told(paid, 1_000)
    hear(paid, said)
    task.refresh_from_db()
    assert (task.is_funded, wallet(merchant)) == (False, 999_000)
    hear(paid, given_back(said))
    assert (at(chart.reserved(task.public_id, merchant.party.pk)), wallet(merchant)) == (0, 1_000_000)
    assert "reserve_charged_back" in kinds(merchant)


def test_a_charge_is_split_in_order_and_never_beyond_itself():
    lots = [Standing(3, "wallet", 50), Standing(2, "reserved", 20), Standing(1, "protected", 10)]
    assert drawn(95, lots, at_most_minor=90) == [
        Drawn("protected", 1, 10),
        Drawn("reserved", 2, 20),
        Drawn("wallet", 3, 50),
        Drawn("debt", None, 10),
        Drawn("unmatched", None, 5),
    ]
    assert drawn(7, lots, at_most_minor=-3) == [Drawn("unmatched", None, 7)]
