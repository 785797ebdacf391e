"""Typesetting and sealing, with no transaction open; keeping the result is a use case. Safe to come again.

While a past is told (the demo) nothing is sealed: a seal says when, and that is now. The sweep seals it afterwards.
"""

import logging

from marketplace.contracts.documents import sha256_of_bytes
from marketplace.contracts.models import Contract, Profile
from marketplace.contracts.sealing.configured import is_configured, our_seal
from marketplace.contracts.sealing.key import Seal, SealUnusable
from marketplace.contracts.sealing.sheet import sheet_of
from marketplace.contracts.sealing.typeset import typeset
from marketplace.contracts.selectors.contracts import governing_document
from marketplace.contracts.selectors.sealed import to_seal, unsealed
from marketplace.contracts.services.sealing import keep_sealed, note_seal_waits
from marketplace.core import clock, faults
from marketplace.core.actor import Actor, Source

WORKER = Actor.system("seal", Source.TASK)
AT_ONCE = 50  # contracts a sweep: some seconds

log = logging.getLogger(__name__)


def seal_contract(public_id: str) -> None:
    """Once all have signed. Raises what the timestamp authority's silence raises: then it is tried again."""
    if not is_configured() or clock.behind():
        return
    contract = to_seal(public_id)
    if contract is None:
        return
    try:
        seal = our_seal()
        seal.hold_to(clock.now())
    except SealUnusable as unusable:
        note_seal_waits(actor=WORKER, public_id=public_id, why=unusable.why)
        return
    _seal(contract, seal)


def seal_the_rest() -> int:
    """Whatever was signed and is not sealed. Returns how many were tried; one that fails stops no other."""
    if not is_configured():
        return 0
    found = unsealed(AT_ONCE)
    for public_id in found:
        try:
            seal_contract(public_id)
        except Exception:
            log.exception("%s could not be sealed", public_id)
    return len(found)


def _seal(contract: Contract, seal: Seal) -> None:
    # Most of a second's import, which only a worker that seals has to pay.
    from marketplace.contracts.sealing.authority import our_authority  # noqa: PLC0415
    from marketplace.contracts.sealing.stamp import stamp  # noqa: PLC0415

    faults.reach("call:contract.seal:before")
    pdf = typeset(sheet_of(contract), at=contract.concluded_at)
    authority = our_authority()
    content = stamp(pdf, seal, reason=reason_of(contract), authority=authority)
    faults.reach("call:contract.seal:after")
    keep_sealed(
        actor=WORKER,
        public_id=contract.public_id,
        content=content,
        sha256=sha256_of_bytes(content),
        seal=seal,
        profile=Profile.TIMESTAMPED if authority else Profile.BASIC,
        sealed_at=clock.now(),
    )


def reason_of(contract: Contract) -> str:
    """What readers show beside the seal, and what a check reads: it is under the seal like everything else."""
    text = governing_document(contract).sha256
    return (
        f"Contract {contract.number} ({contract.public_id}), signed by all; "
        f"text SHA-256 {text}; terms SHA-256 {contract.terms_sha256}"
    )
