"""A contract that may end before its end."""

from marketplace.contracts.events import CancellationClosed, CancellationRequested, ContractCancelled
from marketplace.contracts.handlers.money import money_of
from marketplace.contracts.handlers.telling import get, others, sides, tell
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.outbox.registry import handles

ENDED = {"called_off": "contract_called_off", "chargeback": "contract_charged_back"}


@handles(CancellationRequested)
def ask_the_other_side(event: Event) -> None:
    contract = get(event.aggregate)
    tell(contract, others(contract, event), "cancellation_requested", fee=money_of(event, "kill_fee_minor"))


@handles(CancellationClosed)
def tell_it_goes_on(event: Event) -> None:
    contract = get(event.aggregate)
    tell(contract, others(contract, event), "cancellation_closed")


@handles(ContractCancelled)
def tell_cancelled(event: Event) -> None:
    if event.data["how"] == "handed_over":  # told as what it is
        return
    contract = get(event.aggregate)
    kind = ENDED.get(event.data["how"], "contract_cancelled")
    to_anchor = event.data["kill_fee_minor"] + event.data.get("rounds_minor", 0)
    amounts = {"fee": str(Money(to_anchor, event.data["currency"])), "back": money_of(event, "refunded_minor")}
    tell(contract, sides(contract), kind, **amounts)
