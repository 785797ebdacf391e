"""What a second person's yes does for a contract, or a part of one, above the merchant's limit."""

from marketplace.contracts.steps.amendment_payment import bill_of_amendment
from marketplace.contracts.steps.funding import bill_of
from marketplace.contracts.steps.locks import lock_amendment, lock_contract, lock_round
from marketplace.contracts.steps.paying import pay_approved
from marketplace.contracts.steps.round_payment import bill_of_round
from marketplace.core.actor import Actor
from marketplace.payments.models import Approval
from marketplace.payments.steps.approvals import carries_out


@carries_out(Approval.Kind.CONTRACT)
def pay_contract(approval: Approval, by: Actor) -> str:
    """Raises NotPayable, NotEnoughSetAside. When a payment of it is open already, that is the one."""
    contract = lock_contract(by, approval.payload["contract"])
    return pay_approved(bill_of(contract, by=by), approval, by=by)


@carries_out(Approval.Kind.ROUND)
def pay_round(approval: Approval, by: Actor) -> str:
    """Raises NotPayable, NotEnoughSetAside. When a payment of it is open already, that is the one."""
    extra_round = lock_round(by, approval.payload["extra_round"])
    return pay_approved(bill_of_round(extra_round, by=by), approval, by=by)


@carries_out(Approval.Kind.AMENDMENT)
def pay_amendment(approval: Approval, by: Actor) -> str:
    """Raises NotPayable, NotEnoughSetAside, AmendmentOvertaken. When a payment of it is open, that is the one."""
    amendment = lock_amendment(by, approval.payload["amendment"])
    return pay_approved(bill_of_amendment(amendment, by=by), approval, by=by)
