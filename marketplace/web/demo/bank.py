"""Paying at the test bank the way a payer does, on the day that is told."""

import httpx
from django.conf import settings

from marketplace.contracts.models import Contract
from marketplace.contracts.services.funding import CHECKOUT, pay_contract
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.payments.flows.refresh import refresh_funding
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.gateways import default_provider
from marketplace.payments.models import Funding


def pay(actor: Actor, contract: Contract) -> None:
    """Its own checkout, opened, paid and looked up. Raises ProviderError when the bank is away."""
    key = f"demo-{contract.public_id}"
    asked = pay_contract(
        actor=actor, public_id=contract.public_id, source=CHECKOUT, provider=default_provider(), key=key
    )
    submit_funding(asked.public_id)
    funding = Funding.objects.get(public_id=asked.public_id)
    httpx.post(
        f"{settings.STANDIN_URL}/_pay/{funding.checkout}",
        headers={"Authorization": f"Bearer {settings.STANDIN_SECRET}"},
        json={"how": "pay", "ago_s": max(0, int(clock.behind().total_seconds()))},
        timeout=10,
        trust_env=False,
    ).raise_for_status()
    refresh_funding(funding)
