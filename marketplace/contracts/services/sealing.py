"""What came of sealing a contract: its bytes are kept once, or staff hear that the seal is no good."""

from datetime import datetime, timedelta

from marketplace.contracts.events import ContractSealed, SealWaits
from marketplace.contracts.models import SealedContract
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.sealing.key import Seal
from marketplace.contracts.selectors.sealed import is_sealed, told_of_a_seal_since
from marketplace.contracts.steps.locks import lock_contract
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import use_case

AGAIN_AFTER = timedelta(days=1)


@use_case
def keep_sealed(
    *, actor: Actor, public_id: str, content: bytes, sha256: str, seal: Seal, profile: str, sealed_at: datetime
) -> bool:
    """Keep what was sealed. The first counts: of two workers the second's is dropped, and False says so.

    Raises NotFound, Forbidden.
    """
    CONTRACT_POLICY.authorise(actor, ContractAction.SEAL)
    contract = lock_contract(actor, public_id)
    if contract.concluded_at is None or is_sealed(contract):
        return False
    SealedContract.objects.create(
        contract=contract,
        content=content,
        sha256=sha256,
        size_bytes=len(content),
        profile=profile,
        sealed_by=seal.name[:300],
        certificate_sha256=seal.fingerprint,
        sealed_at=sealed_at,
    )
    record(ContractSealed(aggregate=public_id, sha256=sha256, certificate_sha256=seal.fingerprint), by=actor)
    return True


@use_case
def note_seal_waits(*, actor: Actor, public_id: str, why: str) -> None:
    """There is no seal to seal with: staff are told, once a day while it lasts. The contract waits, and is not lost."""
    CONTRACT_POLICY.authorise(actor, ContractAction.SEAL)
    contract = lock_contract(actor, public_id)
    if is_sealed(contract) or told_of_a_seal_since(clock.now() - AGAIN_AFTER):
        return
    record(SealWaits(aggregate=public_id, why=why), by=actor)
