"""Compliance's part: looking at papers, approving, rejecting, ending."""

from marketplace.accounts.models import LegalEntity, Party
from marketplace.accounts.steps.verified import mark_unverified, mark_verified
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.media.machine import AssetState
from marketplace.verification.errors import OwnParty
from marketplace.verification.events import VerificationApproved, VerificationExpired, VerificationRejected
from marketplace.verification.machine import VERIFICATION
from marketplace.verification.models import DocumentView, Verification, VerificationDocument
from marketplace.verification.policies import VERIFICATIONS, VerificationAction
from marketplace.verification.requirements import ANCHOR, MERCHANT, PAYEE
from marketplace.verification.selectors import belongs_to, get_verification
from marketplace.verification.steps.document_clock import start_clock
from marketplace.verification.steps.holder import end_other_holders, refuse_other_holder


@use_case
def approve_verification(*, actor: Actor, public_id: str) -> Verification:
    """The party is verified; a merchant's company is written down as its legal entity.

    Raises NotFound, Forbidden, OwnParty, HolderIsNotGuardian, IllegalTransition.
    """
    seen = get_verification(actor, public_id)
    entity = _lock_entity(seen)
    party, verification = _lock_to_decide(actor, seen, VerificationAction.DECIDE)
    refuse_other_holder(party, verification)
    move = VERIFICATION.fire(verification, "approve")
    _decided(verification, actor)
    if verification.kind == MERCHANT:
        party.legal_entity = verification.legal_entity = _moved(entity, verification) or _new_entity(verification)
        party.save(update_fields=["legal_entity"])
    verification.save()
    holder = verification.legal_name if verification.kind == PAYEE else ""
    mark_verified(party, verification.kind, by=actor, holder=holder)
    if verification.kind == ANCHOR:
        end_other_holders(party, by=actor)
    start_clock(verification)
    record(VerificationApproved(aggregate=public_id, kind=verification.kind), by=actor, move=move)
    return verification


@use_case
def reject_verification(*, actor: Actor, public_id: str, reason: str, words: str = "") -> Verification:
    """Not so; the owner reads why and may hand it in again.

    Raises NotFound, Forbidden, OwnParty, IllegalTransition.
    """
    _party, verification = _lock_to_decide(actor, get_verification(actor, public_id), VerificationAction.DECIDE)
    move = VERIFICATION.fire(verification, "reject")
    _decided(verification, actor, reason, words)
    verification.save()
    start_clock(verification)
    event = VerificationRejected(aggregate=public_id, kind=verification.kind, reason=reason)
    record(event, by=actor, move=move)
    return verification


@use_case
def expire_verification(*, actor: Actor, public_id: str) -> Verification:
    """What was approved holds no longer; the owner may begin a new one. Raises as above."""
    party, verification = _lock_to_decide(actor, get_verification(actor, public_id), VerificationAction.EXPIRE)
    move = VERIFICATION.fire(verification, "expire")
    verification.save(update_fields=["state"])
    mark_unverified(party, verification.kind, by=actor)
    record(VerificationExpired(aggregate=public_id, kind=verification.kind), by=actor, move=move)
    return verification


@use_case
def log_document_view(*, actor: Actor, document_id: str) -> VerificationDocument:
    """Write down who looks, so that the bytes may be sent. For everybody but compliance there is no such paper."""
    document = (
        VerificationDocument.objects.filter(public_id=document_id, erased_at=None, asset__state=AssetState.READY)
        .select_related("asset", "verification")
        .first()
    )
    if (
        document is None
        or not VERIFICATIONS.can(actor, VerificationAction.SEE_DOCUMENT)
        or belongs_to(actor.user_id, document.verification.party_id)
    ):
        raise NotFound
    DocumentView.objects.create(document=document, viewer_id=actor.user_id, request_id=actor.request_id)
    return document


def _lock_to_decide(actor: Actor, seen: Verification, action: VerificationAction) -> tuple[Party, Verification]:
    party = lock(Party.objects.filter(pk=seen.party_id), "party")[0]
    verification = lock(Verification.objects.filter(pk=seen.pk), "verification")[0]
    VERIFICATIONS.authorise(actor, action, verification)
    if belongs_to(actor.user_id, party.pk):
        raise OwnParty
    return party, verification


def _decided(verification: Verification, actor: Actor, reason: str = "", words: str = "") -> None:
    verification.decided_by_id, verification.decided_at = actor.user_id, clock.now()
    verification.reason, verification.reason_words = reason, words.strip()


def _lock_entity(verification: Verification) -> LegalEntity | None:
    """The same company that another party of this owner was verified with."""
    if verification.kind != MERCHANT:
        return None
    known = LegalEntity.objects.filter(
        owner_id=verification.submitted_by_id,
        country=verification.country,
        registration_number=verification.registration_number,
    )
    found = lock(known, "legal_entity")
    return found[0] if found else None


def _moved(entity: LegalEntity | None, verification: Verification) -> LegalEntity | None:
    """At the address that was checked last."""
    if entity is not None and entity.address != verification.address:
        entity.address = verification.address
        entity.save(update_fields=["address"])
    return entity


def _new_entity(verification: Verification) -> LegalEntity:
    return LegalEntity.objects.create(
        owner_id=verification.submitted_by_id,
        name=verification.legal_name,
        country=verification.country,
        registration_number=verification.registration_number,
        tax_id=verification.tax_id,
        address=verification.address,
    )
