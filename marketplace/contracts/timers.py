"""What happens to an unsigned contract by itself."""

from marketplace.contracts.events import SigningReminded
from marketplace.contracts.machine import CONTRACT, ContractState
from marketplace.contracts.models import Contract
from marketplace.contracts.services.signing import lapse
from marketplace.contracts.steps.drafting import REMIND_BEFORE, SIGN_EXPIRE
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer


@on_timer(SIGN_EXPIRE)
def lapse_unsigned(aggregate: str, actor: Actor) -> None:
    """72 hours are over."""
    for contract in lock(Contract.objects.filter(public_id=aggregate), "contract"):
        if CONTRACT.can(contract, "lapse"):
            lapse(contract, "lapse", by=actor)


def remind(aggregate: str, actor: Actor, hours_left: int) -> None:
    for contract in lock(Contract.objects.filter(public_id=aggregate), "contract"):
        if contract.state == ContractState.SIGNING:
            record(SigningReminded(aggregate=aggregate, hours_left=hours_left), by=actor)


@on_timer("contract.sign_remind_24")
def remind_a_day_before(aggregate: str, actor: Actor) -> None:
    remind(aggregate, actor, hours(REMIND_BEFORE["contract.sign_remind_24"]))


@on_timer("contract.sign_remind_4")
def remind_hours_before(aggregate: str, actor: Actor) -> None:
    remind(aggregate, actor, hours(REMIND_BEFORE["contract.sign_remind_4"]))


def hours(length) -> int:
    return int(length.total_seconds() // 3600)
