"""Reads about sealed contracts."""

from datetime import datetime

from marketplace.contracts.errors import NotSealedYet
from marketplace.contracts.events import SealWaits
from marketplace.contracts.models import Contract, SealedContract
from marketplace.contracts.selectors.contracts import get_contract
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.models import Event


def is_sealed(contract: Contract) -> bool:
    return SealedContract.objects.filter(contract=contract).exists()


def find_sealed(contract: Contract) -> SealedContract | None:
    """Without its bytes."""
    return SealedContract.objects.defer("content").filter(contract=contract).first()


def get_sealed(actor: Actor, public_id: str) -> SealedContract:
    """With its bytes. Raises NotFound for a contract that the actor may not see, or that not all have signed;
    NotSealedYet in the moments after the last signature."""
    contract = get_contract(actor, public_id)
    if contract.concluded_at is None:
        raise NotFound
    found = SealedContract.objects.filter(contract=contract).first()
    if found is None:
        raise NotSealedYet
    found.contract = contract
    return found


def to_seal(public_id: str) -> Contract | None:
    """The contract with all that its PDF shows, if it is signed by all and not sealed yet."""
    waiting = Contract.objects.filter(public_id=public_id, concluded_at__isnull=False, sealed=None)
    return waiting.select_related("merchant", "anchor", "agency").first()


def unsealed(limit: int) -> list[str]:
    """Signed by all and not sealed yet, in no order: the seal was away, or they are from before there was one."""
    waiting = Contract.objects.filter(concluded_at__isnull=False, sealed=None)
    return list(waiting.order_by("?").values_list("public_id", flat=True)[:limit])


def told_of_a_seal_since(moment: datetime) -> bool:
    return Event.objects.filter(name=SealWaits.name, at__gte=moment).exists()


def find_by_digest(sha256: str) -> SealedContract | None:
    """Whose bytes have this hash, for whoever holds them."""
    return SealedContract.objects.defer("content").select_related("contract").filter(sha256=sha256).first()
