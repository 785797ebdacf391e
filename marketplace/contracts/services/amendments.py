"""Changing a contract that binds: proposed by one side, in force when all have signed and the money has followed."""

from marketplace.accounts.steps.parties import lock_own_party
from marketplace.contracts.amending import Proposal
from marketplace.contracts.errors import (
    AlreadySigned,
    AmendmentOvertaken,
    AmendmentStands,
    DocumentChanged,
    NoWorkBeforeFunds,
)
from marketplace.contracts.events import AmendmentSigned
from marketplace.contracts.machine import AMENDMENT, AmendmentState, ContractState
from marketplace.contracts.models import Amendment, AmendmentSignature
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.selectors import capacities
from marketplace.contracts.steps.amending import close, conclude, fits, standing
from marketplace.contracts.steps.amendment_drafting import draft_amendment
from marketplace.contracts.steps.amendment_payment import bill_of_amendment
from marketplace.contracts.steps.handing_over import let_go
from marketplace.contracts.steps.handover import can_pass_on
from marketplace.contracts.steps.locks import lock_amendment, lock_contract
from marketplace.contracts.steps.paying import pay
from marketplace.contracts.steps.releasing import require_funds
from marketplace.contracts.steps.signers import (
    UNADORNED,
    Hand,
    ProofOfPerson,
    require_two_known_sides,
    signer_of,
    under,
)
from marketplace.contracts.steps.working import lock_work
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden, IllegalTransition
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.payments.models import Approval, Funding


@use_case
def propose(*, actor: Actor, public_id: str, proposal: Proposal, words: str = "") -> Amendment:
    """Write a change down and open it for signing, for 72 hours. Nothing of the contract changes by it.

    Raises NoWorkBeforeFunds unless the contract runs undisturbed, FundsFrozen, AmendmentStands, SameTerms,
    ImpossibleTerms, Forbidden.
    """
    contract = lock_contract(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.AMEND, contract)
    if contract.state != ContractState.ACTIVE:
        raise NoWorkBeforeFunds
    require_funds(contract)
    if standing(contract) is not None:
        raise AmendmentStands
    return draft_amendment(contract, lock_work(contract), proposal, words=words.strip(), by=actor)


@use_case
def sign_amendment(
    *, actor: Actor, public_id: str, document_sha256: str, proof: ProofOfPerson, hand: Hand = UNADORNED
) -> Amendment:
    """Sign its governing document. With the last signature it is in force, or waits for what the merchant has to pay.

    Raises NotASigner, AlreadySigned, DocumentChanged, AmendmentOvertaken, AnchorNotVerified, SelfDealing, FundsFrozen,
    IllegalTransition.
    """
    amendment = lock_amendment(actor, public_id)
    contract = amendment.contract
    capacity, user = signer_of(actor, contract)
    if amendment.state != AmendmentState.SIGNING or amendment.sign_by <= clock.now():
        raise IllegalTransition(machine=AMENDMENT.name, state=amendment.state, transition="sign")
    if amendment.signatures.filter(capacity=capacity).exists():
        raise AlreadySigned
    if document_sha256 != amendment.documents.get(governs=True).sha256:
        raise DocumentChanged
    handover = getattr(amendment, "handover", None)
    work = lock_work(contract)
    if not (can_pass_on(handover, work) if handover else fits(amendment, work)):
        raise AmendmentOvertaken
    require_two_known_sides(contract)
    AmendmentSignature.objects.create(
        amendment=amendment,
        document_sha256=document_sha256,
        terms_sha256=amendment.terms_sha256,
        template_version=amendment.template_version,
        **under(contract, capacity, user, by=actor, proof=proof, hand=hand),
    )
    signed = AmendmentSigned(
        aggregate=contract.public_id, amendment=public_id, capacity=capacity.value, document_sha256=document_sha256
    )
    record(signed, by=actor)
    if amendment.signatures.count() == len(capacities(contract)):
        if handover:
            let_go(handover, work, by=actor)
        else:
            conclude(amendment, work, by=actor)
    return amendment


@use_case
def decline_amendment(*, actor: Actor, public_id: str, words: str = "") -> Amendment:
    """A signer says no: the contract stays as it is. Raises NotASigner, AlreadySigned, IllegalTransition."""
    amendment = lock_amendment(actor, public_id)
    capacity, _user = signer_of(actor, amendment.contract)
    if amendment.signatures.filter(capacity=capacity).exists():
        raise AlreadySigned
    close(amendment, "decline", by=actor, words=words.strip()[:1000])
    return amendment


@use_case
def withdraw_amendment(*, actor: Actor, public_id: str) -> Amendment:
    """The side that proposed it takes it back, while it is not in force. Raises Forbidden, IllegalTransition."""
    amendment = lock_amendment(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.AMEND, amendment.contract)
    if amendment.proposed_by_id != actor.party_id:
        raise Forbidden
    close(amendment, "withdraw", by=actor)
    return amendment


@use_case
def pay_amendment(
    *, actor: Actor, public_id: str, source: str, provider: str, key: str
) -> Amendment | Funding | Approval:
    """Pay what the fee rises by: the Amendment when it is in force at once, the Funding whose page the payer goes to,
    or the Approval that a second person must give. The same `key` again answers with the same.

    Raises NotPayable, NotEnoughSetAside, AmendmentOvertaken, WalletSwitchedOff, NoSecondPerson, Forbidden, KeyReused.
    """
    party = lock_own_party(actor)
    amendment = lock_amendment(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.FUND, amendment.contract)
    bill = bill_of_amendment(amendment, by=actor)
    return pay(bill, actor=actor, party=party, source=source, provider=provider, key=key) or amendment
