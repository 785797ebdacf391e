"""Another anchor instead, by agreement of all: the side that leaves, the one that comes, and the merchant."""

from datetime import date

from marketplace.campaigns.policies import CANDIDACY, CandidacyAction
from marketplace.campaigns.steps.locks import lock_application
from marketplace.campaigns.steps.taking_over import successor_for
from marketplace.contracts.errors import AmendmentStands, NoWorkBeforeFunds
from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Amendment
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.amending import standing
from marketplace.contracts.steps.amendment_drafting import draft_substitution
from marketplace.contracts.steps.handing_over import open_handover
from marketplace.contracts.steps.locks import lock_contract
from marketplace.contracts.steps.releasing import require_funds
from marketplace.contracts.steps.working import lock_work
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.tx import use_case


@use_case
def propose_substitution(
    *, actor: Actor, contract_public_id: str, application: str, fee_minor: int, again_on: date, words: str = ""
) -> Amendment:
    """The merchant proposes that a candidate of the same V task takes the seat over, for a fee of hers, which what is
    left must cover. Drafts her contract and the change of the present one; both in force when both are signed by all.

    Raises NoWorkBeforeFunds, FundsFrozen, AmendmentStands, NotWaiting, AnotherTakesOver, CapTooHigh, SelfDealing.
    """
    candidate = lock_application(actor, application)
    CANDIDACY.authorise(actor, CandidacyAction.OFFER, candidate)
    contract = lock_contract(actor, contract_public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.AMEND, contract)
    if contract.subject != candidate.task.public_id:
        raise NotFound
    if contract.state != ContractState.ACTIVE:
        raise NoWorkBeforeFunds
    require_funds(contract)
    if standing(contract) is not None:
        raise AmendmentStands
    successor = successor_for(contract, candidate, fee_minor=fee_minor, again_on=again_on, by=actor)
    amendment = draft_substitution(contract, lock_work(contract), successor, words=words.strip(), by=actor)
    open_handover(contract, successor, amendment=amendment)
    return amendment
