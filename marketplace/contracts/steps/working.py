"""What is owed under a contract: laid out when it is concluded, begun when it is funded, ended when all is done."""

from marketplace.contracts.events import ContractCompleted, WorkVoided
from marketplace.contracts.machine import CONTRACT, DELIVERABLE, ContractState
from marketplace.contracts.models import Contract, Deliverable
from marketplace.contracts.steps.clocks import start_due_clock, stop_clocks
from marketplace.contracts.steps.extra_rounds import lapse_asked_round
from marketplace.contracts.steps.releasing import unsettled_minor
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import step


@step
def lay_out_work(contract: Contract) -> None:
    """One row for each thing that the terms owe, in their order."""
    deal = contract.deal
    Deliverable.objects.bulk_create(
        Deliverable(
            contract=contract,
            place=place,
            kind=item.kind,
            title=item.title,
            due_on=item.due_on,
            releases_minor=releases,
            rounds_allowed=deal.revision_rounds,
        )
        for place, (item, releases) in enumerate(zip(deal.deliverables, deal.releases_minor, strict=True), start=1)
    )


@step
def start_work(contract: Contract) -> None:
    for deliverable in contract.deliverables.all():
        deliverable.contract = contract
        start_due_clock(deliverable)


@step
def lock_work(contract: Contract) -> list[Deliverable]:
    """All of it, in its order, each knowing its contract. The caller has locked the contract."""
    work = lock(Deliverable.objects.filter(contract=contract), "deliverable")
    for deliverable in work:
        deliverable.contract = contract
    return sorted(work, key=lambda one: one.place)


@step
def void(deliverable: Deliverable, *, by: Actor) -> None:
    """Nothing is owed for it any more."""
    move = DELIVERABLE.fire(deliverable, "void")
    deliverable.save(update_fields=["state"])
    stop_clocks(deliverable)
    lapse_asked_round(deliverable, by=by)
    record(WorkVoided(aggregate=deliverable.public_id), by=by, move=move)


@step
def complete_when_done(contract: Contract, *, by: Actor) -> None:
    """When nothing is owed and nothing is protected any more."""
    if contract.state != ContractState.ACTIVE or unsettled_minor(contract):
        return
    if any(one.is_open for one in contract.deliverables.all()):
        return
    move = CONTRACT.fire(contract, "complete")
    contract.closed_at = clock.now()
    contract.save(update_fields=["state", "closed_at"])
    record(ContractCompleted(aggregate=contract.public_id, subject=contract.subject), by=by, move=move)
