"""What happens to an unsigned or an unpaid contract by itself."""

from datetime import timedelta
from functools import partial

from marketplace.contracts.events import FundingReminded, SigningReminded, TransferAwaited
from marketplace.contracts.machine import ContractState
from marketplace.contracts.models import Contract
from marketplace.contracts.services.signing import lapse
from marketplace.contracts.steps.clocks import BANK_DAYS, FUND_EXPIRE, FUND_REMIND, FUND_WITHIN
from marketplace.contracts.steps.drafting import REMIND_BEFORE, SIGN_EXPIRE
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer
from marketplace.core.timers.schedule import schedule
from marketplace.payments.selectors import transfer_is_awaited


@on_timer(SIGN_EXPIRE)
def lapse_unsigned(aggregate: str, actor: Actor) -> None:
    """72 hours are over."""
    for contract in lock(Contract.objects.filter(public_id=aggregate), "contract"):
        if contract.state == ContractState.SIGNING:
            lapse(contract, "lapse", by=actor, how="unsigned")


@on_timer(FUND_EXPIRE)
def lapse_unfunded(aggregate: str, actor: Actor) -> None:
    """48 hours after the last signature: the seat is free again. A payment that comes later goes back.

    What was transferred in time is on a statement days later: a transfer that is waited for is given them.
    """
    for contract in lock(Contract.objects.filter(public_id=aggregate), "contract"):
        if contract.state == ContractState.AWAITING_FUNDS:
            if wait_for_statement(contract, actor):
                continue
            lapse(contract, "lapse", by=actor, how="unfunded")


def wait_for_statement(contract: Contract, actor: Actor) -> bool:
    """Whether a transfer may be on its way that no statement shows yet; only once."""
    until = contract.concluded_at + FUND_WITHIN + BANK_DAYS
    if contract.fund_by >= until or not transfer_is_awaited(contract.public_id):
        return False
    contract.fund_by = until
    contract.save(update_fields=["fund_by"])
    schedule(FUND_EXPIRE, contract.public_id, due_at=until)
    record(TransferAwaited(aggregate=contract.public_id, until=until.isoformat()), by=actor)
    return True


def remind(aggregate: str, actor: Actor, *, state: ContractState, event: type, before: timedelta) -> None:
    for contract in lock(Contract.objects.filter(public_id=aggregate), "contract"):
        if contract.state == state:
            record(event(aggregate=aggregate, hours_left=int(before.total_seconds() // 3600)), by=actor)


for kind, before in REMIND_BEFORE.items():
    on_timer(kind)(partial(remind, state=ContractState.SIGNING, event=SigningReminded, before=before))
for kind, before in FUND_REMIND.items():
    on_timer(kind)(partial(remind, state=ContractState.AWAITING_FUNDS, event=FundingReminded, before=before))
