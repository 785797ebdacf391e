"""Who receives the money of somebody under 18: the guardian, and nobody else (China's rules for live commerce)."""

from marketplace.accounts.models import Party
from marketplace.accounts.steps.verified import mark_unverified
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.person_names import same_name
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.verification.errors import HolderIsNotGuardian
from marketplace.verification.events import VerificationExpired
from marketplace.verification.machine import VERIFICATION, VerificationState
from marketplace.verification.models import Verification
from marketplace.verification.requirements import PAYEE
from marketplace.verification.selectors import guardian_of


@step
def refuse_other_holder(party: Party, verification: Verification) -> None:
    """A payee's check in another name than the guardian's. Raises HolderIsNotGuardian."""
    guardian = guardian_of(party) if verification.kind == PAYEE else None
    if guardian is not None and not same_name(guardian.name, verification.legal_name):
        raise HolderIsNotGuardian(guardian=guardian.name)


@step
def end_other_holders(party: Party, *, by: Actor) -> None:
    """A payee's check from before we knew how young she is holds no longer, unless it is the guardian's."""
    guardian = guardian_of(party)
    if guardian is None:
        return
    approved = Verification.objects.filter(party=party, kind=PAYEE, state=VerificationState.APPROVED)
    for verification in lock(approved, "verification"):
        if not same_name(guardian.name, verification.legal_name):
            move = VERIFICATION.fire(verification, "expire")
            verification.save(update_fields=["state"])
            mark_unverified(party, PAYEE, by=by)
            record(VerificationExpired(aggregate=verification.public_id, kind=PAYEE), by=by, move=move)
