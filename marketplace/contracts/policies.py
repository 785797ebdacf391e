"""Who may do what with a contract. Nobody signs for the anchor but the anchor (and a guardian for herself)."""

from enum import StrEnum

from marketplace.accounts.policies import named_signatory
from marketplace.contracts.models import Capacity, Contract
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.policies import Policy, is_system, role_in, staff


class ContractAction(StrEnum):
    SEE = "see"
    SIGN = "sign"
    DECLINE = "decline"
    LAPSE = "lapse"
    FUND = "fund"
    SUBMIT = "submit"
    REVIEW = "review"
    REMARK = "remark"
    RATE = "rate"  # say what the other side was like, and answer what it says
    AMEND = "amend"
    CANCEL = "cancel"
    DISPUTE = "dispute"
    DECIDE = "decide"
    LOOK = "look"
    SEAL = "seal"
    WORDS = "words"  # the versions of the contract's text


def is_side(actor: Actor, contract: Contract) -> bool:
    return actor.party_id is not None and actor.party_id in {
        contract.merchant_id,
        contract.anchor_id,
        contract.agency_id,
    }


def merchant_side(actor: Actor, contract: Contract) -> bool:
    return actor.party_id is not None and actor.party_id == contract.merchant_id


def anchor_side(actor: Actor, contract: Contract) -> bool:
    """The anchor, or the agency that acts for her."""
    return actor.party_id is not None and actor.party_id in {contract.anchor_id, contract.agency_id}


def may_sign_for_her_side(actor: Actor, contract: Contract) -> bool:
    if actor.party_id == contract.anchor_id:
        return actor.role == Role.OWNER
    return is_side(actor, contract) and named_signatory(actor, contract)


def capacity_of(actor: Actor, contract: Contract) -> Capacity | None:
    """As what the actor's party signs; None for a stranger (a guardian is known by her address, not by a party)."""
    sides = {
        contract.merchant_id: Capacity.MERCHANT,
        contract.anchor_id: Capacity.ANCHOR,
        contract.agency_id: Capacity.AGENCY,
    }
    return sides.get(actor.party_id) if actor.party_id else None


CONTRACT_POLICY = Policy(
    {
        ContractAction.SEE: ((is_side, role_in(*Role)),),
        ContractAction.SIGN: ((is_side, may_sign_for_her_side),),
        ContractAction.DECLINE: ((is_side, may_sign_for_her_side),),
        ContractAction.LAPSE: ((is_system,),),
        ContractAction.FUND: ((merchant_side, role_in(Role.OWNER, Role.FINANCE)), (is_system,)),
        ContractAction.SUBMIT: ((anchor_side, role_in(Role.OWNER, Role.MANAGER, Role.MEMBER)),),
        ContractAction.REVIEW: ((merchant_side, role_in(Role.OWNER, Role.MANAGER)),),
        ContractAction.REMARK: ((is_side, role_in(Role.OWNER, Role.MANAGER, Role.MEMBER)),),
        ContractAction.RATE: ((is_side, role_in(Role.OWNER, Role.MANAGER)),),
        ContractAction.AMEND: ((is_side, role_in(Role.OWNER, Role.MANAGER)),),
        ContractAction.CANCEL: ((is_side, role_in(Role.OWNER, Role.MANAGER)),),
        ContractAction.DISPUTE: ((is_side, role_in(Role.OWNER, Role.MANAGER)),),
        ContractAction.DECIDE: ((staff(StaffRole.OPERATIONS),),),
        ContractAction.LOOK: ((is_system,),),
        ContractAction.SEAL: ((is_system,),),
        ContractAction.WORDS: ((staff(StaffRole.COMPLIANCE),),),
    }
)
