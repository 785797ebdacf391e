"""What a merchant has spent, and where the rest of it stands, by campaign and currency."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from marketplace.core.actor import Actor
from marketplace.core.money import Money

# Everything that was paid in for contracts is one of three: still protected, gone out, or gone back.
SUMS = """
SELECT coalesce(campaign.name, ''), contract.currency, count(*),
       sum((contract.canonical -> 'waterfall' ->> 'pays_minor')::bigint + coalesce(rounds.paid_in, 0)
           + coalesce(amended.paid_in, 0) - coalesce(moved.gone, 0)),
       sum(coalesce(released.to_payees, 0)), sum(coalesce(released.fees, 0)),
       sum(coalesce(returned.back, 0) - coalesce(moved.gone, 0))
FROM contracts_contract AS contract
JOIN campaigns_vtask AS task ON task.public_id = contract.subject
LEFT JOIN campaigns_campaign AS campaign ON campaign.id = task.campaign_id
LEFT JOIN LATERAL (
    SELECT sum(gross_minor) AS to_payees, sum(platform_fee_minor + vat_minor) AS fees
    FROM contracts_release WHERE contract_id = contract.id
) AS released ON true
LEFT JOIN LATERAL (
    SELECT sum(gross_minor + platform_fee_minor + vat_minor) AS back
    FROM contracts_return WHERE contract_id = contract.id
) AS returned ON true
LEFT JOIN LATERAL (
    SELECT count(*) * (contract.canonical -> 'extra_round' ->> 'pays_minor')::bigint AS paid_in
    FROM contracts_extraround AS round JOIN contracts_deliverable AS work ON work.id = round.deliverable_id
    WHERE work.contract_id = contract.id AND round.paid_at IS NOT NULL
) AS rounds ON true
LEFT JOIN LATERAL (
    SELECT sum((difference ->> 'pays_minor')::bigint) AS paid_in
    FROM contracts_amendment WHERE contract_id = contract.id AND funded_by <> ''
) AS amended ON true
LEFT JOIN LATERAL (
    SELECT sum(moved_minor) AS gone FROM contracts_handover WHERE contract_id = contract.id
) AS moved ON true
WHERE contract.merchant_id = %s AND contract.funded_at IS NOT NULL
GROUP BY 1, 2 ORDER BY 4 DESC, 1, 2
"""


@dataclass(frozen=True, slots=True)
class Spending:
    """One campaign in one currency; `campaign` is empty for V tasks outside of any."""

    campaign: str
    contracts: int
    paid_in: Money
    to_payees: Money
    fees: Money
    back: Money

    @property
    def protected(self) -> Money:
        return self.paid_in - self.to_payees - self.fees - self.back


def spending_of(actor: Actor) -> list[Spending]:
    """Of the party that the actor acts for; the largest first."""
    return list(_rows(actor.party_id)) if actor.party_id else []


def _rows(party_id: int) -> Iterator[Spending]:
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [party_id])
        for campaign, currency, contracts, *sums in cursor.fetchall():
            yield Spending(campaign, contracts, *(Money(int(minor), currency) for minor in sums))
