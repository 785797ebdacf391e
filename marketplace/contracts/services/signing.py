"""Signing: one person, one capacity, one exact document."""

from marketplace.contracts.errors import AlreadySigned, AmendmentOvertaken, DocumentChanged
from marketplace.contracts.events import ContractConcluded, ContractLapsed, ContractSigned
from marketplace.contracts.machine import CONTRACT, ContractState, DeliverableState
from marketplace.contracts.models import Contract, Signature
from marketplace.contracts.selectors import capacities, governing_document
from marketplace.contracts.steps.clocks import start_funding_clock
from marketplace.contracts.steps.drafting import REMIND_BEFORE, SIGN_EXPIRE
from marketplace.contracts.steps.handing_over import carry_on
from marketplace.contracts.steps.handover import can_pass_on, is_ready
from marketplace.contracts.steps.locks import lock_contract, lock_pair
from marketplace.contracts.steps.signers import (
    UNADORNED,
    Hand,
    ProofOfPerson,
    require_two_known_sides,
    signer_of,
    under,
)
from marketplace.contracts.steps.working import lay_out_work, lock_work, start_work
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel
from marketplace.core.tx import use_case


@use_case
def sign(
    *, actor: Actor, public_id: str, document_sha256: str, proof: ProofOfPerson, hand: Hand = UNADORNED
) -> Contract:
    """Sign the governing document, whose hash the signer's page carried. With the last signature it binds all.

    One that takes a seat over runs at once, with the funds of the other one, when that was let go.

    Raises NotASigner, AlreadySigned, DocumentChanged, AmendmentOvertaken, AnchorNotVerified, SelfDealing, FundsFrozen,
    IllegalTransition.
    """
    contract, handover = lock_pair(actor, public_id)
    work = lock_work(handover.contract) if handover else []
    capacity, user = signer_of(actor, contract)
    if contract.state != ContractState.SIGNING or contract.sign_by <= clock.now():
        raise IllegalTransition(machine=CONTRACT.name, state=contract.state, transition="sign")
    if contract.signatures.filter(capacity=capacity).exists():
        raise AlreadySigned
    if document_sha256 != governing_document(contract).sha256:
        raise DocumentChanged
    if handover and not can_pass_on(handover, work):
        raise AmendmentOvertaken
    require_two_known_sides(contract)
    Signature.objects.create(
        contract=contract,
        document_sha256=document_sha256,
        terms_sha256=contract.terms_sha256,
        template_version=contract.template_version,
        **under(contract, capacity, user, by=actor, proof=proof, hand=hand),
    )
    signed = ContractSigned(aggregate=public_id, capacity=capacity.value, document_sha256=document_sha256)
    record(signed, by=actor)
    if contract.signatures.count() == len(capacities(contract)):
        _conclude(contract, actor)
        if handover and is_ready(handover):
            carry_on(handover, work, by=actor)
    return contract


@use_case
def decline(*, actor: Actor, public_id: str) -> Contract:
    """A signer says no before everybody has signed: nobody is bound, and the seat is free again.

    Raises NotASigner, AlreadySigned, IllegalTransition.
    """
    contract = lock_contract(actor, public_id)
    capacity, _user = signer_of(actor, contract)
    if contract.signatures.filter(capacity=capacity).exists():
        raise AlreadySigned
    lapse(contract, "decline", by=actor, how="declined")
    return contract


def lapse(contract: Contract, transition: str, *, by: Actor, how: str) -> None:
    """Called by a signer's no and by the clock, inside their transactions. `how` is declined, unsigned or unfunded."""
    for one in lock_work(contract) if contract.concluded_at else ():
        one.state = DeliverableState.VOID
        one.save(update_fields=["state"])
    move = CONTRACT.fire(contract, transition)
    contract.closed_at = clock.now()
    contract.save(update_fields=["state", "closed_at"])
    _cancel_timers(contract)
    record(ContractLapsed(aggregate=contract.public_id, subject=contract.subject, how=how), by=by, move=move)


def _conclude(contract: Contract, actor: Actor) -> None:
    move = CONTRACT.fire(contract, "await_funds" if contract.gross_minor else "start")
    contract.concluded_at = clock.now()
    _cancel_timers(contract)
    lay_out_work(contract)
    if contract.state == ContractState.AWAITING_FUNDS:
        start_funding_clock(contract)
    else:
        start_work(contract)
    contract.save(update_fields=["state", "concluded_at", "fund_by"])
    record(ContractConcluded(aggregate=contract.public_id, subject=contract.subject), by=actor, move=move)


def _cancel_timers(contract: Contract) -> None:
    for kind in (SIGN_EXPIRE, *REMIND_BEFORE):
        cancel(kind, contract.public_id)
