"""Reads about checks of identity."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from marketplace.accounts.models import Membership, Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.media.machine import AssetState
from marketplace.verification.labels import LABELS
from marketplace.verification.machine import VerificationState
from marketplace.verification.models import DocumentView, Verification, VerificationDocument
from marketplace.verification.requirements import ASKED, KINDS_OF, missing, needs_guardian


@dataclass(frozen=True, slots=True)
class CheckView:
    """One kind of check of a party, begun or not."""

    kind: str
    verification: Verification | None
    state: str
    missing: Sequence[str]
    documents: Sequence[VerificationDocument]

    @property
    def is_open(self) -> bool:
        """The owner may write in it."""
        return self.state in {"", VerificationState.DRAFT}


def kinds_of(party: Party) -> tuple[str, ...]:
    return KINDS_OF[party.kind]


def checks_of(actor: Actor, party: Party) -> list[CheckView]:
    """Every kind that this party is asked for, in the order in which it is needed."""
    return [check_of(actor, party, kind) for kind in kinds_of(party)]


def check_of(actor: Actor, party: Party, kind: str) -> CheckView:
    """Raises NotFound for a kind that is not asked of such a party."""
    if kind not in kinds_of(party):
        raise NotFound
    verification = alive(Verification.objects.visible_to(actor).filter(party=party, kind=kind)).first()
    if verification is None:
        return CheckView(kind, None, "", missing(kind, {}, (), today_of(party)), ())
    documents = documents_of(verification)
    return CheckView(kind, verification, verification.state, missing_of(verification, party), documents)


def alive(verifications: QuerySet[Verification]) -> QuerySet[Verification]:
    return verifications.exclude(state=VerificationState.EXPIRED)


def documents_of(verification: Verification) -> list[VerificationDocument]:
    """Papers that are still there."""
    there = verification.documents.filter(erased_at=None).exclude(asset__state=AssetState.REFUSED)
    return list(there.select_related("asset"))


def facts_of(verification: Verification) -> list[tuple[str, object]]:
    """What was written, by its label, in the order in which it is asked."""
    written = ((name, getattr(verification, name)) for name in ASKED[verification.kind].all_fields)
    return [(LABELS[name], value) for name, value in written if value]


def unseen_by(user_id: int, documents: Sequence[VerificationDocument]) -> list[VerificationDocument]:
    """Those papers that somebody has not opened."""
    looks = DocumentView.objects.filter(viewer_id=user_id, document__in=documents)
    seen = set(looks.values_list("document", flat=True))
    return [document for document in documents if document.pk not in seen]


def missing_of(verification: Verification, party: Party) -> list[str]:
    values = {name: getattr(verification, name) for name in ASKED[verification.kind].all_fields}
    papers = [document.kind for document in documents_of(verification)]
    return missing(verification.kind, values, papers, today_of(party))


def today_of(party: Party) -> date:
    """The date where the party lives: birthdays begin there."""
    return clock.today(party.time_zone)


@dataclass(frozen=True, slots=True)
class Guardian:
    """Who answers for an anchor under 18, co-signs for her and receives her money."""

    name: str
    email: str


def guardian_of(party: Party) -> Guardian | None:
    """The guardian of an anchor under 18; None for everybody else."""
    check = alive(Verification.objects.filter(party=party, kind="anchor")).first()
    if check is None or not needs_guardian(check.birth_on, today_of(party)):
        return None
    return Guardian(check.guardian_name, check.guardian_email)


def get_verification(actor: Actor, public_id: str) -> Verification:
    try:
        return Verification.objects.visible_to(actor).select_related("party").get(public_id=public_id)
    except Verification.DoesNotExist:
        raise NotFound from None


def belongs_to(user_id: int | None, party_id: int) -> bool:
    """Whether somebody is, or was, one of the party's people."""
    return Membership.objects.filter(user_id=user_id, party_id=party_id).exists()
