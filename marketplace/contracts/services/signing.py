"""Signing: one person, one capacity, one exact document."""

from dataclasses import dataclass

from django.conf import settings

from marketplace.accounts.models import User, VerifiedKind
from marketplace.accounts.selectors import is_verified
from marketplace.contracts.errors import AlreadySigned, AnchorNotVerified, DocumentChanged, NotASigner
from marketplace.contracts.events import ContractConcluded, ContractLapsed, ContractSigned
from marketplace.contracts.machine import CONTRACT, ContractState
from marketplace.contracts.models import Capacity, Contract, Method, Signature
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction, capacity_of
from marketplace.contracts.selectors import capacities, governing_document
from marketplace.contracts.steps.clocks import start_funding_clock
from marketplace.contracts.steps.drafting import REMIND_BEFORE, SIGN_EXPIRE
from marketplace.contracts.steps.self_dealing import refuse_self_dealing
from marketplace.contracts.steps.working import lay_out_work, start_work
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition, NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel
from marketplace.core.tx import use_case


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


@use_case
def sign(*, actor: Actor, public_id: str, document_sha256: str, proof: ProofOfPerson, hand: Hand = Hand()) -> Contract:
    """Sign the governing document, whose hash the signer's page carried. With the last signature it binds all.

    Raises NotASigner, AlreadySigned, DocumentChanged, AnchorNotVerified, SelfDealing, IllegalTransition.
    """
    contract = _lock_contract(actor, public_id)
    capacity, user = _capacity(actor, contract)
    if contract.state != ContractState.SIGNING or contract.sign_by <= clock.now():
        raise IllegalTransition(machine=CONTRACT.name, state=contract.state, transition="sign")
    if contract.signatures.filter(capacity=capacity).exists():
        raise AlreadySigned
    if document_sha256 != governing_document(contract).sha256:
        raise DocumentChanged
    if not is_verified(contract.anchor_id, VerifiedKind.ANCHOR):
        raise AnchorNotVerified(name=contract.anchor.name)
    for other in filter(None, (contract.anchor, contract.agency)):
        refuse_self_dealing(contract.merchant, other)
    Signature.objects.create(
        contract=contract,
        capacity=capacity,
        party_id=None if capacity == Capacity.GUARDIAN else actor.party_id,
        user=user,
        name=contract.guardian_name if capacity == Capacity.GUARDIAN else str(user),
        typed=hand.typed,
        drawn=hand.drawn,
        method=proof.method,
        address=proof.address,
        browser=proof.browser[:300],
        document_sha256=document_sha256,
        terms_sha256=contract.terms_sha256,
        template_version=contract.template_version,
        consent_version=settings.TERMS_VERSION,
        signed_at=clock.now(),
    )
    signed = ContractSigned(aggregate=public_id, capacity=capacity.value, document_sha256=document_sha256)
    record(signed, by=actor)
    if contract.signatures.count() == len(capacities(contract)):
        _conclude(contract, actor)
    return contract


@use_case
def decline(*, actor: Actor, public_id: str) -> Contract:
    """A signer says no before everybody has signed: nobody is bound, and the seat is free again.

    Raises NotASigner, AlreadySigned, IllegalTransition.
    """
    contract = _lock_contract(actor, public_id)
    capacity, _user = _capacity(actor, contract)
    if contract.signatures.filter(capacity=capacity).exists():
        raise AlreadySigned
    lapse(contract, "decline", by=actor, how="declined")
    return contract


def lapse(contract: Contract, transition: str, *, by: Actor, how: str) -> None:
    """Called by a signer's no and by the clock, inside their transactions. `how` is declined, unsigned or unfunded."""
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


def _capacity(actor: Actor, contract: Contract) -> tuple[Capacity, User]:
    """As what this person signs; a guardian is known by the address that compliance has confirmed."""
    user = User.objects.get(pk=actor.user_id)
    if contract.guardian_email and user.email.lower() == contract.guardian_email:
        return Capacity.GUARDIAN, user
    capacity = capacity_of(actor, contract)
    if capacity is None or not CONTRACT_POLICY.can(actor, ContractAction.SIGN, contract):
        raise NotASigner
    return capacity, user


def _lock_contract(actor: Actor, public_id: str) -> Contract:
    related = Contract.objects.visible_to(actor).select_related(
        "merchant__legal_entity", "anchor__legal_entity", "agency__legal_entity"
    )
    found = lock(related.filter(public_id=public_id), "contract")
    if not found:
        raise NotFound
    return found[0]
