"""A contract that may end before its end, and a dispute."""

from marketplace.contracts.events import (
    CancellationClosed,
    CancellationRequested,
    ContractCancelled,
    DisputeAnswered,
    DisputeOpened,
    DisputeSettled,
)
from marketplace.contracts.handlers.money import money_of
from marketplace.contracts.handlers.telling import day_in, get, others, sides, tell
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
    contract = get(event.aggregate)
    kind = ENDED.get(event.data["how"], "contract_cancelled")
    to_anchor = event.data["kill_fee_minor"] + event.data.get("rounds_minor", 0)
    amounts = {"fee": str(Money(to_anchor, event.data["currency"])), "back": money_of(event, "refunded_minor")}
    tell(contract, sides(contract), kind, **amounts)


@handles(DisputeOpened)
def tell_dispute_opened(event: Event) -> None:
    contract = get(event.aggregate)
    reply_by = day_in(contract, contract.disputes.get(public_id=event.data["dispute"]).reply_by)
    tell(
        contract,
        others(contract, event),
        "dispute_opened",
        amount=money_of(event, "amount_minor"),
        reply_by=reply_by,
    )


@handles(DisputeAnswered)
def tell_dispute_answered(event: Event) -> None:
    contract = get(event.aggregate)
    kind = "dispute_unanswered" if event.data["by_clock"] else "dispute_answered"
    tell(contract, others(contract, event), kind)


@handles(DisputeSettled)
def tell_dispute_settled(event: Event) -> None:
    contract = get(event.aggregate)
    kind = "dispute_withdrawn" if event.data["how"] == "withdrawn" else "dispute_decided"
    amounts = {"to_anchor": money_of(event, "anchor_minor"), "to_merchant": money_of(event, "merchant_minor")}
    tell(contract, sides(contract), kind, **amounts)
