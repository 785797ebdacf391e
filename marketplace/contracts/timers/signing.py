"""What happens to an unsigned or an unpaid contract by itself."""

from datetime import timedelta
from functools import partial

from marketplace.contracts.events import FundingReminded, SigningReminded
from marketplace.contracts.machine import ContractState, DeliverableState
from marketplace.contracts.models import Contract
from marketplace.contracts.services.signing import lapse
from marketplace.contracts.steps.clocks import FUND_EXPIRE, FUND_REMIND
from marketplace.contracts.steps.drafting import REMIND_BEFORE, SIGN_EXPIRE
from marketplace.contracts.steps.working import lock_work
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer


@on_timer(SIGN_EXPIRE)
def lapse_unsigned(aggregate: str, actor: Actor) -> None:
    """72 hours are over."""
    for contract in lock(Contract.objects.filter(public_id=aggregate), "contract"):
        if contract.state == ContractState.SIGNING:
            lapse(contract, "lapse", by=actor, how="unsigned")


@on_timer(FUND_EXPIRE)
def lapse_unfunded(aggregate: str, actor: Actor) -> None:
    """48 hours after the last signature: the seat is free again. A payment that comes later goes back."""
    for contract in lock(Contract.objects.filter(public_id=aggregate), "contract"):
        if contract.state == ContractState.AWAITING_FUNDS:
            lapse(contract, "lapse", by=actor, how="unfunded")
            for one in lock_work(contract):
                one.state = DeliverableState.VOID
                one.save(update_fields=["state"])


def remind(aggregate: str, actor: Actor, *, state: ContractState, event: type, before: timedelta) -> None:
    for contract in lock(Contract.objects.filter(public_id=aggregate), "contract"):
        if contract.state == state:
            record(event(aggregate=aggregate, hours_left=int(before.total_seconds() // 3600)), by=actor)


for kind, before in REMIND_BEFORE.items():
    on_timer(kind)(partial(remind, state=ContractState.SIGNING, event=SigningReminded, before=before))
for kind, before in FUND_REMIND.items():
    on_timer(kind)(partial(remind, state=ContractState.AWAITING_FUNDS, event=FundingReminded, before=before))
