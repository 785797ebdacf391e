"""A deal from its payment to its end, with the process killed at every commit of a use case of contracts.

Whoever goes on afterwards (the worker, the clock, the person who clicks again) brings it to the very same outcome.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

import pytest
import time_machine

import marketplace.contracts.services
from marketplace.contracts.flows.seal import seal_the_rest
from marketplace.contracts.models import Absence, Amendment, Contract, Deliverable, Dispute, DisputeProposal, ExtraRound
from marketplace.contracts.services import (
    absences,
    amendments,
    cancelling,
    deciding,
    disputes,
    extra_rounds,
    funding,
    mediation,
    reviews,
    work,
)
from marketplace.core import faults, invariants
from marketplace.core.actor import StaffRole
from marketplace.core.models import Event
from marketplace.core.timers.fire import fire_due
from marketplace.ledger.models import Line
from marketplace.notifications.models import Notice
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.models import Funding, Refund, Transfer
from tests.db.payments.test_every_step_killed import Harbour, at, database_of_its_own, use_cases
from tests.factories.amendments import proposed as change
from tests.factories.amendments import signs as sign_change
from tests.factories.deals import drafted, sign_as, verify
from tests.factories.funded import signed, three_pieces
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.seals import sealing
from tests.factories.standby import live_today
from tests.support.kills import (
    Killer,
    Undisturbed,
    again,
    each_by_itself,
    killed_at_each,
    killed_everywhere,
    undisturbed_walks,
)

pytestmark = pytest.mark.timeout(600)
TERMS = {"revision_rounds": 1, "extra_round_minor": 120_000}
LINK = "https://example.org/a-draft"


@dataclass
class Deal:
    """Its people, and each click made again by somebody who looks first whether it was done."""

    harbour: Harbour
    anchor: Person
    staff: Person
    other_staff: Person
    contract: Contract

    def look(self) -> Contract:
        return Contract.objects.get(pk=self.contract.pk)

    def piece(self, place: int) -> Deliverable:
        return Deliverable.objects.get(contract=self.contract, place=place)

    def click(self, step: Callable[[], object], *, done: Callable[[], bool]) -> None:
        again(lambda: None if done() else step())

    def paid(self) -> None:
        owner, public_id = self.harbour.owner.actor, self.contract.public_id
        asked = again(
            lambda: funding.pay_contract(
                actor=owner, public_id=public_id, source="checkout", provider="test_bank", key="pay"
            )
        )
        again(lambda: submit_funding(asked.public_id))
        self.harbour.bank.pay(Funding.objects.get(public_id=asked.public_id).checkout)
        self.harbour.settle()

    def moved(self, place: int, to: str, step: Callable[..., object], who: Person, **more: object) -> None:
        public_id = self.piece(place).public_id
        self.click(
            lambda: step(actor=who.actor, public_id=public_id, **more), done=lambda: self.piece(place).state == to
        )

    def turned(self, to: str, step: Callable[..., object], who: Person, **more: object) -> None:
        self.click(
            lambda: step(actor=who.actor, public_id=self.contract.public_id, **more),
            done=lambda: self.look().state == to,
        )

    def handed_in(self, place: int) -> None:
        self.moved(place, "submitted", work.submit, self.anchor, note="", link=LINK)

    def approved(self, place: int) -> None:
        self.handed_in(place)
        self.moved(place, "approved", work.approve, self.harbour.owner)

    def asked_for_round(self, place: int, words: str) -> str:
        deliverable = self.piece(place).public_id
        asked = again(
            lambda: extra_rounds.ask_for_round(actor=self.harbour.owner.actor, public_id=deliverable, words=words)
        )
        return asked.public_id

    def disputed(self, place: int) -> str:
        deliverable = self.piece(place).public_id
        self.click(
            lambda: disputes.open_dispute(
                actor=self.harbour.owner.actor, deliverable_public_id=deliverable, words="No.", anchor_bp=0
            ),
            done=lambda: self.look().state == "disputed",
        )
        return Dispute.objects.order_by("-id").first().public_id

    def said(self, dispute: str, to: str, step: Callable[..., object], who: Person, **more: object) -> None:
        """A move of the dispute."""
        self.click(
            lambda: step(actor=who.actor, public_id=dispute, **more),
            done=lambda: Dispute.objects.get(public_id=dispute).state == to,
        )


def delivered(deal: Deal) -> None:
    owner = deal.harbour.owner
    deal.paid()
    deal.handed_in(1)
    script = deal.piece(1).public_id
    deal.click(
        lambda: work.remark(actor=owner.actor, public_id=script, text="Here?", at_second=18),
        done=lambda: deal.piece(1).submissions.get().remarks.exists(),
    )
    deal.moved(1, "changes_requested", work.request_changes, owner, words="Longer.")
    deal.approved(1)
    deal.approved(2)
    deal.approved(3)
    deal.moved(3, "published", work.publish, deal.anchor, link=LINK)
    deal.moved(3, "approved", work.send_proof_back, owner, words="Not there.")
    deal.moved(3, "published", work.publish, deal.anchor, link=LINK)
    deal.moved(3, "verified", work.verify, owner)
    deal.harbour.settle()
    reviewed(deal)


def reviewed(deal: Deal) -> None:
    """Both sides say what the other was like, and one answers."""
    stars = {"substance": 5, "time": 4, "manner": 5}
    for side, person in (("merchant", deal.harbour.owner), ("anchor", deal.anchor)):
        deal.click(
            lambda person=person: reviews.write_review(
                actor=person.actor, contract_public_id=deal.contract.public_id, stars=stars, words="Well done."
            ),
            done=lambda side=side: deal.look().reviews.get(side=side).state != "open",
        )
    about_her = deal.look().reviews.get(side="merchant")
    deal.click(
        lambda: reviews.answer_review(actor=deal.anchor.actor, public_id=about_her.public_id, words="Thank you."),
        done=lambda: deal.look().reviews.get(side="merchant").answer != "",
    )
    deal.harbour.settle()


def ended(deal: Deal) -> None:
    owner = deal.harbour.owner
    deal.paid()
    deal.turned("cancel_requested", cancelling.ask_to_cancel, owner, words="Our plans changed.")
    deal.turned("active", cancelling.answer_cancellation, deal.anchor, agree=False)
    deal.turned("cancel_requested", cancelling.ask_to_cancel, owner, words="They did change.")
    deal.turned("active", cancelling.withdraw_cancellation, owner)
    deal.turned("cancel_requested", cancelling.ask_to_cancel, owner, words="They really did.")
    deal.turned("cancelled", cancelling.answer_cancellation, deal.anchor, agree=True)
    deal.harbour.settle()


def quarrelled(deal: Deal) -> None:
    deal.paid()
    deal.handed_in(1)
    taken_back = deal.disputed(1)
    deal.click(
        lambda: disputes.withdraw_dispute(actor=deal.harbour.owner.actor, public_id=taken_back),
        done=lambda: deal.look().state == "active",
    )
    dispute = deal.disputed(1)
    deal.said(dispute, "mediation", disputes.answer_dispute, deal.anchor, words="Yes.", anchor_bp=10_000)
    proposals = DisputeProposal.objects.filter(dispute__public_id=dispute)
    deal.click(
        lambda: mediation.propose_split(actor=deal.anchor.actor, public_id=dispute, words="Or so.", anchor_bp=9_000),
        done=proposals.filter(anchor_bp=9_000).exists,
    )
    deal.said(dispute, "proposal", mediation.propose_as_mediator, deal.staff, anchor_bp=5_000, reasons="Halfway.")
    halfway = proposals.get(anchor_bp=5_000).public_id
    deal.click(
        lambda: mediation.refuse_proposal(actor=deal.anchor.actor, public_id=halfway),
        done=proposals.filter(public_id=halfway, state="refused").exists,
    )
    deal.said(dispute, "decided", deciding.decide_dispute, deal.staff, anchor_bp=5_000, reasons="Half of it was there.")
    deal.said(dispute, "appealed", deciding.appeal_decision, deal.anchor, words="All of it was.")
    deal.said(dispute, "closed", deciding.settle_appeal, deal.other_staff, anchor_bp=6_000, reasons="More than half.")
    deal.harbour.settle()


def made_up(deal: Deal) -> None:
    """One dispute that is settled by a proposal, and one whose decision both sides accept."""
    owner = deal.harbour.owner
    deal.paid()
    deal.handed_in(1)
    agreed = deal.disputed(1)
    deal.said(agreed, "mediation", disputes.answer_dispute, deal.anchor, words="Yes.", anchor_bp=10_000)
    offered = DisputeProposal.objects.get(dispute__public_id=agreed, side="anchor").public_id
    deal.click(
        lambda: mediation.accept_proposal(actor=owner.actor, public_id=offered),
        done=lambda: Dispute.objects.get(public_id=agreed).state == "closed",
    )
    deal.handed_in(2)
    dispute = deal.disputed(2)
    deal.said(dispute, "mediation", disputes.answer_dispute, deal.anchor, words="Yes.", anchor_bp=10_000)
    deal.said(dispute, "decided", deciding.decide_dispute, deal.staff, anchor_bp=2_500, reasons="A quarter.")
    for who, accepted in ((owner, "merchant_accepted_at"), (deal.anchor, "anchor_accepted_at")):
        deal.click(
            lambda who=who: deciding.accept_decision(actor=who.actor, public_id=dispute),
            done=lambda accepted=accepted: getattr(Dispute.objects.get(public_id=dispute), accepted) is not None,
        )
    deal.harbour.settle()


def never_came(deal: Deal) -> None:
    deal.paid()
    late = deal.piece(1).due_at + timedelta(hours=80)
    with time_machine.travel(deal.piece(1).due_at + timedelta(hours=1), tick=True):
        again(fire_due)
    with time_machine.travel(late, tick=True):
        deal.turned("cancelled", cancelling.end_for_lateness, deal.harbour.owner, words="Nothing came.")
        deal.harbour.settle()


def bought(deal: Deal) -> None:
    """A further round: one that is taken back, one that is paid and used."""
    owner = deal.harbour.owner.actor
    deal.paid()
    deal.handed_in(2)
    deal.moved(2, "changes_requested", work.request_changes, deal.harbour.owner, words="Shorter.")
    deal.handed_in(2)
    first = deal.asked_for_round(2, "Longer.")
    deal.click(
        lambda: extra_rounds.take_round_back(actor=owner, public_id=first),
        done=lambda: ExtraRound.objects.get(public_id=first).state == "withdrawn",
    )
    second = deal.asked_for_round(2, "Shorter still.")
    asked = again(
        lambda: extra_rounds.pay_round(
            actor=owner, public_id=second, source="checkout", provider="test_bank", key="round"
        )
    )
    again(lambda: submit_funding(asked.public_id))
    deal.harbour.bank.pay(Funding.objects.get(public_id=asked.public_id).checkout)
    deal.harbour.settle()
    deal.handed_in(2)
    deal.moved(2, "approved", work.approve, deal.harbour.owner)
    deal.harbour.settle()


def changed(deal: Deal) -> None:
    """A change that is declined, one that is taken back, a higher fee that is paid, and a lower one after it."""
    owner = deal.harbour.owner
    deal.paid()

    def proposed(number: int, fee_minor: int, by: Person) -> str:
        return again(
            lambda: (
                (
                    Amendment.objects.filter(number=number).first() or change(by, deal.contract, fee_minor=fee_minor)
                ).public_id
            )
        )

    def became(public_id: str, *states: str) -> bool:
        return Amendment.objects.get(public_id=public_id).state in states

    def signed_by_both(public_id: str) -> None:
        amendment = Amendment.objects.get(public_id=public_id)
        for who in (deal.anchor, owner):
            deal.click(
                lambda who=who: sign_change(who, amendment),
                done=lambda who=who: amendment.signatures.filter(user=who.user).exists(),
            )

    first = proposed(1, 1_250_000, owner)
    decline = amendments.decline_amendment
    deal.click(lambda: decline(actor=deal.anchor.actor, public_id=first), done=lambda: became(first, "declined"))
    second = proposed(2, 1_260_000, owner)
    withdraw = amendments.withdraw_amendment
    deal.click(lambda: withdraw(actor=owner.actor, public_id=second), done=lambda: became(second, "withdrawn"))
    third = proposed(3, 1_300_000, owner)
    signed_by_both(third)
    asked = again(
        lambda: amendments.pay_amendment(
            actor=owner.actor, public_id=third, source="checkout", provider="test_bank", key="change"
        )
    )
    again(lambda: submit_funding(asked.public_id))
    deal.harbour.bank.pay(Funding.objects.get(public_id=asked.public_id).checkout)
    deal.harbour.settle()
    assert became(third, "in_force")
    fourth = proposed(4, 1_100_000, deal.anchor)
    signed_by_both(fourth)
    assert became(fourth, "in_force")
    deal.harbour.settle()


def absent(deal: Deal) -> None:
    """A live without its anchor: taken back, contested, admitted and ended."""
    owner, anchor = deal.harbour.owner, deal.anchor
    title = "A live"
    deal.contract = again(
        lambda: Contract.objects.filter(title=title).first() or drafted(owner, anchor, deal=live_today(), title=title)
    )
    for who in (owner, anchor):
        deal.click(
            lambda who=who: sign_as(who, deal.contract),
            done=lambda who=who: deal.contract.signatures.filter(user=who.user).exists(),
        )
    deal.paid()
    live = deal.piece(1).public_id

    def reported(number: int) -> str:
        def report() -> str:
            found = Absence.objects.order_by("id")[number - 1 : number].first()
            who = {"actor": owner.actor, "public_id": live, "words": "Nobody came."}
            return (found or absences.report_absence(**who, again_on=deal.piece(1).due_on)).public_id

        return again(report)

    def became(public_id: str, state: str, step: Callable[..., object], who: Person, **more: object) -> None:
        deal.click(
            lambda: step(actor=who.actor, public_id=public_id, **more),
            done=lambda: Absence.objects.get(public_id=public_id).state == state,
        )

    became(reported(1), "withdrawn", absences.withdraw_absence, owner)
    became(reported(2), "contested", absences.answer_absence, anchor, was_there=True)
    last = reported(3)
    became(last, "stands", absences.answer_absence, anchor, was_there=False)
    became(last, "settled", absences.end_for_absence, owner)
    deal.harbour.settle()


def called_off(deal: Deal) -> None:
    deal.turned("cancelled", cancelling.call_off, deal.anchor)
    deal.harbour.settle()


def sealed(deal: Deal) -> None:
    """With a seal that has expired it waits, and staff are told; with the next one it is sealed."""
    with sealing(ago=timedelta(days=40), days=30):
        deal.harbour.settle()
    with sealing():
        again(seal_the_rest)
        deal.harbour.settle()


JOURNEYS = (delivered, ended, quarrelled, made_up, never_came, called_off, bought, changed, absent, sealed)
# Before a deal is paid (test_signing.py), a word that moves no money (test_links.py), the words of all of them
# (test_templates.py).
ELSEWHERE = {
    *("contracts.services.signing.sign", "contracts.services.signing.decline"),
    "contracts.services.links.answer_stay_up",
    *(f"contracts.services.templates.{act}_template" for act in ("copy", "edit", "publish", "discard")),
}


@dataclass
class Outcome:
    moved: list[tuple[str, str, str, int]]
    happened: dict[str, int]
    told: dict[str, int]
    states: list[str]

    @classmethod
    def now(cls) -> "Outcome":
        lines = Line.objects.values_list("journal__kind", "source__code", "destination__code", "amount_minor")
        tables = (Absence, Amendment, Contract, Deliverable, Dispute, DisputeProposal, ExtraRound, Transfer, Refund)
        rows = [row for table in tables for row in table.objects.all()]
        return cls(
            moved=sorted((kind, source.split(":")[0], target.split(":")[0], n) for kind, source, target, n in lines),
            happened=Counter(Event.objects.values_list("name", flat=True)),
            told=Counter(Notice.objects.values_list("kind", flat=True)),
            states=sorted(f"{type(row).__name__} {row.state}" for row in rows),
        )


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker, bank_process) -> Iterator[Callable[..., tuple[Killer, Outcome]]]:
    def walk(journey: Callable[[Deal], None], killer: Killer | None = None) -> tuple[Killer, Outcome]:
        bank_process.fresh_books()
        with database_of_its_own(), at(bank_process):
            killer = killer or Killer()
            owner, anchor = make_owner(), make_owner("anchor", "Xia Wei")
            verify(anchor.party, "anchor")
            staff, other_staff = make_staff(StaffRole.OPERATIONS), make_staff(StaffRole.OPERATIONS)
            deal = Deal(
                Harbour(bank_process, owner, owner, owner, owner, anchor, killer.patience),
                anchor,
                staff,
                other_staff,
                signed(owner, anchor, deal=three_pieces(**TERMS)),
            )
            with faults.installed(killer):
                journey(deal)
            assert not invariants.violations()
            assert not bank_process.violations()
            return killer, Outcome.now()

    if not bank_process.running:
        bank_process.start()
    with django_db_blocker.unblock():
        yield walk


@pytest.fixture(scope="module")
def undisturbed(walk) -> Undisturbed[Outcome]:
    return undisturbed_walks(walk, JOURNEYS, is_killed_here)


def is_killed_here(point: str) -> bool:
    return point.startswith("commit:contracts.services.")


@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_killed_everywhere_a_deal_comes_to_the_same_end(walk, undisturbed, journey):
    killed_everywhere(walk, undisturbed, journey)


@each_by_itself
@pytest.mark.parametrize("journey", JOURNEYS, ids=lambda journey: journey.__name__)
def test_killed_at_any_point_a_deal_comes_to_the_same_end(walk, undisturbed, journey):
    killed_at_each(walk, undisturbed, journey)


def test_no_use_case_of_contracts_is_left_out(undisturbed):
    killed = {point for points, _outcome in undisturbed.values() for point in points}
    wanted = {f"commit:{name}" for name in use_cases(marketplace.contracts.services) if name not in ELSEWHERE}
    assert {f"{point}:{when}" for point in wanted for when in ("before", "after")} - killed == set()
