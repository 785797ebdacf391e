"""A further round of changes: whoever must pay it, and whom it brings work and money."""

from marketplace.contracts.events import ExtraRoundAsked, ExtraRoundPaid
from marketplace.contracts.handlers.telling import facts, payers, tell
from marketplace.contracts.machine import ExtraRoundState
from marketplace.contracts.models import ExtraRound
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify


@handles(ExtraRoundAsked)
def ask_for_payment(event: Event) -> None:
    extra_round = of(event)
    if extra_round.state != ExtraRoundState.ASKED:
        return
    contract = extra_round.contract
    said = facts(contract) | {"work": extra_round.deliverable.title, "amount": str(extra_round.pays)}
    path = f"/rounds/{extra_round.public_id}/pay/"
    notify(payers(contract.merchant), "round_to_pay", facts=said, path=path, party=contract.merchant)


@handles(ExtraRoundPaid)
def tell_both(event: Event) -> None:
    """Each what it is to her: the merchant what is protected, the anchor's side what is asked and what it brings."""
    extra_round = of(event)
    contract, work = extra_round.contract, extra_round.deliverable.title
    tell(contract, [contract.merchant], "round_paid", work=work, amount=str(extra_round.pays))
    parts = {contract.anchor: "anchor", contract.agency: "agency"}
    for party, name in parts.items():
        if party is not None:
            tell(contract, [party], "round_bought", work=work, amount=str(extra_round.falls.money(name)))


def of(event: Event) -> ExtraRound:
    sides = [f"deliverable__contract__{side}" for side in ("merchant", "anchor", "agency")]
    return ExtraRound.objects.select_related(*sides).get(public_id=event.data["extra_round"])
