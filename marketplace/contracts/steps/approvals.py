"""What a second person's yes does for a contract above the merchant's limit."""

from marketplace.contracts.errors import NotPayable
from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Contract
from marketplace.contracts.steps.funding import fund_from
from marketplace.contracts.steps.locks import lock_contract
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.payments.models import Approval
from marketplace.payments.selectors import find_open_funding
from marketplace.payments.steps.approvals import carries_out
from marketplace.payments.steps.funding import start_funding


def is_payable(contract: Contract) -> bool:
    """Signed by all, not paid, and in time."""
    return contract.state == ContractState.AWAITING_FUNDS and contract.fund_by > clock.now()


@carries_out(Approval.Kind.CONTRACT)
def pay_contract(approval: Approval, by: Actor) -> str:
    """Raises NotPayable, NotEnoughSetAside. When a payment of it is open already, that is the one."""
    payload = approval.payload
    contract = lock_contract(by, payload["contract"])
    if not is_payable(contract):
        raise NotPayable
    if payload["source"] == "checkout" and (there := find_open_funding(contract.public_id)):
        return there.public_id
    if payload["source"] != "checkout":
        fund_from(contract, payload["source"], by=by)
        return contract.public_id
    start_funding(
        actor=by,
        party=approval.party,
        money=approval.money,
        provider=payload["provider"],
        public_id=payload["public_id"],
        asked_by_id=approval.asked_by_id,
        contract=contract.public_id,
    )
    return payload["public_id"]
