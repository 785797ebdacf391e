"""Who signs as what, and how she proved that it was she: the same under a contract and under what changes it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from marketplace.accounts.models import User, VerifiedKind
from marketplace.accounts.selectors import is_verified
from marketplace.contracts.errors import AnchorNotVerified, NotASigner
from marketplace.contracts.models import Capacity, Contract, Method
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction, capacity_of
from marketplace.contracts.steps.self_dealing import refuse_self_dealing
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.tx import step


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofOfPerson:
    """How the signer proved a moment before that it was she, and from where."""

    method: Method
    address: str | None
    browser: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Hand:
    """The look of a signature: a name as she types it, strokes as she draws them (`drawn.py`), or neither."""

    typed: str = ""
    drawn: str = ""


UNADORNED = Hand()


def signer_of(actor: Actor, contract: Contract) -> tuple[Capacity, User]:
    """As what this person signs; a guardian is known by the address that compliance has confirmed.

    Raises NotASigner.
    """
    user = User.objects.get(pk=actor.user_id)
    if contract.guardian_email and user.email.lower() == contract.guardian_email:
        return Capacity.GUARDIAN, user
    capacity = capacity_of(actor, contract)
    if capacity is None or not CONTRACT_POLICY.can(actor, ContractAction.SIGN, contract):
        raise NotASigner
    return capacity, user


@step
def require_two_known_sides(contract: Contract) -> None:
    """Raises AnchorNotVerified, SelfDealing."""
    if not is_verified(contract.anchor_id, VerifiedKind.ANCHOR):
        raise AnchorNotVerified(name=contract.anchor.name)
    for other in filter(None, (contract.anchor, contract.agency)):
        refuse_self_dealing(contract.merchant, other)


def under(
    contract: Contract, capacity: Capacity, user: User, *, by: Actor, proof: ProofOfPerson, hand: Hand
) -> dict[str, Any]:
    """What a signature says of its signer, now."""
    guards = capacity == Capacity.GUARDIAN
    return {
        "capacity": capacity,
        "party_id": None if guards else by.party_id,
        "user": user,
        "name": contract.guardian_name if guards else str(user),
        "typed": hand.typed,
        "drawn": hand.drawn,
        "method": proof.method,
        "address": proof.address,
        "browser": proof.browser[:300],
        "consent_version": settings.TERMS_VERSION,
        "signed_at": clock.now(),
    }
