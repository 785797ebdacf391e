"""Starting a payment in: what a person's request and a second person's approval share."""

from marketplace.accounts.models import Party
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.payments.events import FundingRequested
from marketplace.payments.models import Funding


@step
def start_funding(
    *,
    actor: Actor,
    party: Party,
    money: Money,
    provider: str,
    public_id: str,
    asked_by_id: int | None,
    contract: str = "",
    part: str = "",
) -> Funding:
    """A funding that the outbox takes to its provider; of a contract or of a part of it, or else a top-up."""
    funding = Funding.objects.create(
        public_id=public_id,
        party=party,
        provider=provider,
        amount_minor=money.amount_minor,
        currency=money.currency,
        asked_by_id=asked_by_id,
        contract=contract,
        part=part,
    )
    asked = FundingRequested(aggregate=public_id, amount_minor=money.amount_minor, currency=money.currency)
    record(asked, by=actor)
    return funding
