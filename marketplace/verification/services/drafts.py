"""The owner's part: writing, adding papers, submitting, taking back, beginning again."""

from collections.abc import Mapping, Sequence
from datetime import date

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Conflict, NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.media.models import Access
from marketplace.media.originals import Original
from marketplace.media.steps.assets import create_asset, erase_asset
from marketplace.verification.errors import (
    NotBornYet,
    StillMissing,
    TooManyDocuments,
    TooYoung,
)
from marketplace.verification.events import (
    DocumentAdded,
    DocumentRemoved,
    VerificationRevised,
    VerificationStarted,
    VerificationSubmitted,
    VerificationWithdrawn,
)
from marketplace.verification.machine import VERIFICATION, VerificationState
from marketplace.verification.models import Verification, VerificationDocument
from marketplace.verification.requirements import ASKED, OLDEST, YOUNGEST, age_on, needs_guardian
from marketplace.verification.selectors import missing_of, today_of
from marketplace.verification.steps.document_clock import start_clock, stop_clock
from marketplace.verification.steps.holder import refuse_other_holder
from marketplace.verification.steps.lock import lock_begun_check, lock_own_check

PURPOSE = "verification"
MOST_DOCUMENTS = 10
Paper = tuple[str, Original]


@use_case
def save_draft(*, actor: Actor, kind: str, values: Mapping[str, object], papers: Sequence[Paper] = ()) -> Verification:
    """Keep what was written, complete or not, and add papers. The first time begins the check.

    Raises NotFound, Forbidden, Conflict when it is not a draft, TooManyDocuments.
    """
    party, verification = lock_own_check(actor, kind)
    if verification is None:
        verification = Verification.objects.create(party=party, kind=kind, started_by_id=actor.user_id)
        record(VerificationStarted(aggregate=verification.public_id, kind=kind), by=actor)
    if verification.state != VerificationState.DRAFT:
        raise Conflict
    for name in ASKED[kind].all_fields:
        if name in values:
            setattr(verification, name, values[name])
    if not needs_guardian(verification.birth_on, today_of(party)):
        verification.guardian_name = verification.guardian_email = ""  # nobody else's data without need
    verification.save()
    _add(verification, party, papers, actor)
    start_clock(verification)
    return verification


@use_case
def remove_document(*, actor: Actor, kind: str, document_id: str) -> None:
    """Take a paper out of a draft; it is erased at once. Raises NotFound, Conflict."""
    _party, verification = lock_begun_check(actor, kind)
    document = verification.documents.filter(public_id=document_id, erased_at=None).first()
    if document is None:
        raise NotFound
    if verification.state != VerificationState.DRAFT:
        raise Conflict
    document.erased_at = clock.now()
    document.save(update_fields=["erased_at"])
    erase_asset(document.asset.public_id, by=actor, why="removed")
    record(DocumentRemoved(aggregate=verification.public_id, document=document_id), by=actor)


@use_case
def submit_verification(*, actor: Actor, kind: str) -> Verification:
    """Hand it in. Raises StillMissing, NotBornYet, TooYoung, HolderIsNotGuardian, IllegalTransition."""
    party, verification = lock_begun_check(actor, kind)
    _check_age(verification.birth_on, today_of(party))
    if names := missing_of(verification, party):
        raise StillMissing(fields=names)
    refuse_other_holder(party, verification)
    move = VERIFICATION.fire(verification, "submit")
    verification.submitted_by_id, verification.submitted_at = actor.user_id, clock.now()
    verification.save(update_fields=["state", "submitted_by", "submitted_at"])
    stop_clock(verification)
    record(VerificationSubmitted(aggregate=verification.public_id, kind=kind), by=actor, move=move)
    return verification


@use_case
def withdraw_verification(*, actor: Actor, kind: str) -> Verification:
    """Back to a draft before anybody has decided. Raises IllegalTransition."""
    _party, verification = lock_begun_check(actor, kind)
    move = VERIFICATION.fire(verification, "withdraw")
    verification.submitted_at = None
    verification.save(update_fields=["state", "submitted_at"])
    start_clock(verification)
    record(VerificationWithdrawn(aggregate=verification.public_id), by=actor, move=move)
    return verification


@use_case
def revise_verification(*, actor: Actor, kind: str) -> Verification:
    """A rejected one becomes a draft again, with everything that was in it. Raises IllegalTransition."""
    _party, verification = lock_begun_check(actor, kind)
    move = VERIFICATION.fire(verification, "revise")
    verification.save(update_fields=["state"])
    start_clock(verification)
    record(VerificationRevised(aggregate=verification.public_id), by=actor, move=move)
    return verification


def _check_age(birth_on: date | None, today: date) -> None:
    if birth_on is None:
        return
    if not 0 <= age_on(birth_on, today) <= OLDEST:
        raise NotBornYet
    if age_on(birth_on, today) < YOUNGEST:
        raise TooYoung(age=YOUNGEST)


def _add(verification: Verification, party: Party, papers: Sequence[Paper], actor: Actor) -> None:
    there = verification.documents.filter(erased_at=None).count()
    if there + len(papers) > MOST_DOCUMENTS:
        raise TooManyDocuments(most=MOST_DOCUMENTS)
    for kind, original in papers:
        if kind not in ASKED[verification.kind].all_documents:
            raise NotFound
        asset = create_asset(original, party=party, purpose=PURPOSE, by=actor, access=Access.SEALED)
        document = VerificationDocument.objects.create(
            verification=verification, asset=asset, kind=kind, added_by_id=actor.user_id
        )
        record(DocumentAdded(aggregate=verification.public_id, document=document.public_id, kind=kind), by=actor)
