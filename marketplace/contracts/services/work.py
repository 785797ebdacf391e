"""The work itself: handed in, changed, approved, published, verified."""

from collections.abc import Sequence
from datetime import datetime

from marketplace.contracts.errors import NothingHandedIn, NoWorkBeforeFunds
from marketplace.contracts.events import (
    ProofSentBack,
    RemarkMade,
    WorkPublished,
    WorkSubmitted,
)
from marketplace.contracts.machine import AT_WORK, DELIVERABLE
from marketplace.contracts.models import Deliverable, Remark, Submission
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.changing import ask_for_changes
from marketplace.contracts.steps.clocks import (
    DUE,
    DUE_REMIND,
    LATE,
    VERIFY,
    VERIFY_REMIND,
    start_changes_clock,
    start_review_clock,
    start_verify_clock,
    stop_clocks,
)
from marketplace.contracts.steps.extra_rounds import use_rounds
from marketplace.contracts.steps.finishing import approve_work, verify_work
from marketplace.contracts.steps.locks import lock_deliverable
from marketplace.contracts.steps.releasing import require_unfrozen
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.media.selectors import own_files


@use_case
def submit(*, actor: Actor, public_id: str, note: str, link: str = "", files: Sequence[str] = ()) -> Deliverable:
    """Hand it in, again after changes. The merchant's review begins. `files` are public ids of the party's own.

    Raises NothingHandedIn, NoWorkBeforeFunds, NotFound for a file of somebody else's.
    """
    deliverable = _lock(actor, public_id, ContractAction.SUBMIT)
    if not link and not files:
        raise NothingHandedIn
    files = own_files(actor, files)
    move = DELIVERABLE.fire(deliverable, "submit")
    number = deliverable.submissions.count() + 1
    Submission.objects.create(
        deliverable=deliverable, number=number, note=note.strip(), link=link, files=files, by_id=actor.user_id
    )
    deliverable.submitted_at, deliverable.overdue_at = clock.now(), None
    stop_clocks(deliverable, DUE, DUE_REMIND, LATE)
    start_review_clock(deliverable)
    deliverable.save(update_fields=["state", "submitted_at", "overdue_at", "review_by"])
    use_rounds(deliverable)
    record(WorkSubmitted(aggregate=public_id, number=number), by=actor, move=move)
    return deliverable


@use_case
def request_changes(*, actor: Actor, public_id: str, words: str) -> Deliverable:
    """Ask for changes: a round is used. Without one left: approve, buy a round, or open a dispute."""
    deliverable = _lock(actor, public_id, ContractAction.REVIEW)
    ask_for_changes(deliverable, words, by=actor)
    return deliverable


@use_case
def approve(*, actor: Actor, public_id: str) -> Deliverable:
    """It is right. A script or a draft releases its share now; what the public will see may be published."""
    deliverable = _lock(actor, public_id, ContractAction.REVIEW)
    approve_work(deliverable, by=actor, by_clock=False)
    return deliverable


@use_case
def publish(
    *,
    actor: Actor,
    public_id: str,
    link: str,
    order_id: str = "",
    picture: str = "",
    live_from: datetime | None = None,
    live_until: datetime | None = None,
) -> Deliverable:
    """It is out: where, and what shows it. The merchant has 72 hours to look; then it counts as verified."""
    deliverable = _lock(actor, public_id, ContractAction.SUBMIT)
    move = DELIVERABLE.fire(deliverable, "publish")
    deliverable.link, deliverable.order_id, deliverable.picture = link, order_id.strip(), picture
    deliverable.live_from, deliverable.live_until = live_from, live_until
    deliverable.published_at, deliverable.overdue_at = clock.now(), None
    stop_clocks(deliverable, DUE, DUE_REMIND, LATE)
    start_verify_clock(deliverable)
    deliverable.save()
    record(WorkPublished(aggregate=public_id, link=link), by=actor, move=move)
    return deliverable


@use_case
def send_proof_back(*, actor: Actor, public_id: str, words: str) -> Deliverable:
    """It was not found where it should be: the anchor shows it again."""
    deliverable = _lock(actor, public_id, ContractAction.REVIEW)
    move = DELIVERABLE.fire(deliverable, "send_back")
    deliverable.verify_by = None
    deliverable.save(update_fields=["state", "verify_by"])
    stop_clocks(deliverable, VERIFY, *VERIFY_REMIND)
    start_changes_clock(deliverable)
    record(ProofSentBack(aggregate=public_id, words=words.strip()), by=actor, move=move)
    return deliverable


@use_case
def verify(*, actor: Actor, public_id: str) -> Deliverable:
    """It is there as agreed: its share is released."""
    deliverable = _lock(actor, public_id, ContractAction.REVIEW)
    verify_work(deliverable, by=actor, by_clock=False)
    return deliverable


@use_case
def remark(*, actor: Actor, public_id: str, text: str, at_second: int | None = None) -> Remark:
    """A comment on what was last handed in, for both sides."""
    deliverable = _lock(actor, public_id, ContractAction.REMARK)
    last = deliverable.submissions.order_by("-number").first()
    if last is None:
        raise NotFound
    made = Remark.objects.create(
        submission=last, party_id=actor.party_id, by_id=actor.user_id, text=text.strip()[:1000], at_second=at_second
    )
    record(RemarkMade(aggregate=public_id, remark=made.public_id), by=actor)
    return made


def _lock(actor: Actor, public_id: str, action: ContractAction) -> Deliverable:
    deliverable = lock_deliverable(actor, public_id)
    CONTRACT_POLICY.authorise(actor, action, deliverable.contract)
    if deliverable.contract.state not in AT_WORK:
        raise NoWorkBeforeFunds
    if action != ContractAction.REMARK:
        require_unfrozen(deliverable)
    return deliverable
