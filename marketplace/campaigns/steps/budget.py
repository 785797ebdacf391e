"""The budget of a V task, set aside from the merchant's wallet before anybody works for it."""

from marketplace.campaigns.events import BudgetReserved, BudgetReturned
from marketplace.campaigns.models import VTask
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.payments.steps.reserving import release_reserve, reserve


@step
def reserve_budget(task: VTask, *, money: Money, by: Actor) -> None:
    """Raises LotsDoNotCover when the wallet holds less."""
    reserve(party=task.party, task=task.public_id, money=money)
    task.reserved_minor = money.amount_minor
    task.save(update_fields=["reserved_minor"])
    reserved = BudgetReserved(aggregate=task.public_id, amount_minor=money.amount_minor, currency=money.currency)
    record(reserved, by=by)


@step
def return_budget(task: VTask, *, by: Actor) -> None:
    """What is left of it goes back into the wallet. Nothing reserved: nothing happens."""
    if not task.reserved_minor:
        return
    money = release_reserve(party=task.party, task=task.public_id, currency=task.currency)
    task.reserved_minor = 0
    task.save(update_fields=["reserved_minor"])
    returned = BudgetReturned(aggregate=task.public_id, amount_minor=money.amount_minor, currency=money.currency)
    record(returned, by=by)
