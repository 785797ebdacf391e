"""A contract that all have signed is sealed; when there is no seal to do it with, staff are told."""

from marketplace.accounts.models import User
from marketplace.contracts.events import ContractConcluded, SealWaits
from marketplace.contracts.flows.seal import seal_contract
from marketplace.contracts.handlers.telling import get
from marketplace.core.actor import StaffRole
from marketplace.core.models import Event
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify


@handles(ContractConcluded, reaches_outside=True)
def seal_what_all_have_signed(event: Event) -> None:
    seal_contract(event.aggregate)


@handles(SealWaits)
def tell_staff_of_the_seal(event: Event) -> None:
    staff = User.objects.filter(is_active=True, is_staff=True, staff_grants__role=StaffRole.OPERATIONS).distinct()
    facts = {"number": get(event.aggregate).number, "why": event.data["why"]}
    notify(staff, "contract_seal_waits", facts=facts, path=f"/contracts/{event.aggregate}/")
