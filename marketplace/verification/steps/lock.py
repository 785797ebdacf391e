from marketplace.accounts.models import Party
from marketplace.accounts.policies import PARTY, PartyAction
from marketplace.accounts.steps.parties import lock_own_party
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.tx import step
from marketplace.verification.models import Verification
from marketplace.verification.selectors import alive, kinds_of


@step
def lock_own_check(actor: Actor, kind: str) -> tuple[Party, Verification | None]:
    """The actor's party and its living check of this kind, if there is one. Raises NotFound, Forbidden."""
    party = lock_own_party(actor)
    if kind not in kinds_of(party):
        raise NotFound
    PARTY.authorise(actor, PartyAction.VERIFY, party)
    found = lock(alive(Verification.objects.filter(party=party, kind=kind)), "verification")
    return party, found[0] if found else None


@step
def lock_begun_check(actor: Actor, kind: str) -> tuple[Party, Verification]:
    """As above, where there must be one."""
    party, verification = lock_own_check(actor, kind)
    if verification is None:
        raise NotFound
    return party, verification
