"""Who is told, and what the notices of one contract have in common."""

from datetime import datetime

from marketplace.accounts.models import Party
from marketplace.accounts.selectors import emails_of
from marketplace.contracts.models import Contract, Deliverable
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.models import Event
from marketplace.notifications.steps.notify import notify


def get(public_id: str) -> Contract:
    return Contract.objects.select_related("merchant", "anchor", "agency").get(public_id=public_id)


def work_of(event: Event) -> Deliverable:
    related = ("contract__merchant", "contract__anchor", "contract__agency")
    return Deliverable.objects.select_related(*related).get(public_id=event.aggregate)


def sides(contract: Contract) -> list[Party]:
    return [party for party in (contract.merchant, contract.anchor, contract.agency) if party is not None]


def anchor_side_of(contract: Contract) -> list[Party]:
    return [party for party in (contract.anchor, contract.agency) if party is not None]


def readers(party: Party):
    return emails_of(party.pk, Role.OWNER, Role.MANAGER)


def payers(party: Party):
    """Everybody who may move the party's money."""
    return emails_of(party.pk, Role.OWNER, Role.FINANCE)


def facts(contract: Contract) -> dict[str, object]:
    return {
        "number": contract.number,
        "title": contract.title,
        "sign_by": day_in(contract, contract.sign_by),
        "merchant": contract.merchant.name,
        "anchor": contract.anchor.name,
    }


def day_in(contract: Contract, instant: datetime | None) -> str:
    """The day that it is where the contract's clock stands; empty for none."""
    return clock.day_of(instant, contract.deal.time_zone).isoformat() if instant else ""


def path(contract: Contract) -> str:
    return f"/contracts/{contract.public_id}/"


def tell(contract: Contract, parties: list[Party], kind: str, **more: object) -> None:
    about = str(more.pop("about", ""))
    for party in parties:
        notify(readers(party), kind, facts=facts(contract) | more, path=path(contract), party=party, about=about)


def others(contract: Contract, event: Event) -> list[Party]:
    """The sides that did not do it; when the clock did, all of them. An agency and its anchor are one side."""
    if event.party is None:
        return sides(contract)
    if event.party == contract.merchant_id:
        return anchor_side_of(contract)
    return [party for party in sides(contract) if party.pk != event.party]
