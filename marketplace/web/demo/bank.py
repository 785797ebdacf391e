"""What payers and payees do at the test bank, on the day that is told."""

import time

import httpx
from django.conf import settings

from marketplace.contracts.models import Contract, ExtraRound
from marketplace.contracts.services.extra_rounds import pay_round
from marketplace.contracts.services.funding import pay_contract
from marketplace.contracts.steps.paying import CHECKOUT
from marketplace.core.actor import Actor
from marketplace.payments.errors import ProviderRetryable
from marketplace.payments.flows.refresh import refresh_funding
from marketplace.payments.flows.submit import submit_funding
from marketplace.payments.gateways import provider_for
from marketplace.payments.gateways.test_bank import TRUST, told
from marketplace.payments.models import Funding

PAUSES = (0.1, 0.2, 0.4, 0.8, 1.6)  # seconds


def pay(actor: Actor, contract: Contract) -> None:
    """Its own checkout, opened, paid and looked up. Raises ProviderError when the bank is away."""
    key = f"demo-{contract.public_id}"
    asked = pay_contract(
        actor=actor, public_id=contract.public_id, source=CHECKOUT, provider=provider_for(contract.currency), key=key
    )
    _arrive(asked)


def pay_for_round(actor: Actor, extra_round: ExtraRound) -> None:
    """A further round of changes, likewise."""
    key, provider = f"demo-{extra_round.public_id}", provider_for(extra_round.contract.currency)
    _arrive(pay_round(actor=actor, public_id=extra_round.public_id, source=CHECKOUT, provider=provider, key=key))


def _arrive(asked: Funding) -> None:
    open_page(asked.public_id)
    funding = Funding.objects.get(public_id=asked.public_id)
    press(f"/_pay/{funding.checkout}", how="pay")
    refresh_funding(funding)


def open_page(funding: str) -> None:
    """The payer's page at the bank. The worker may be opening it at this moment, and the bank takes one at a time."""
    for pause in PAUSES:
        try:
            submit_funding(funding)
        except ProviderRetryable:
            time.sleep(pause)
        else:
            return
    submit_funding(funding)


def press(lever: str, **how: str) -> None:
    """A lever of the bank (docs/test-bank.md)."""
    httpx.post(
        f"{settings.STANDIN_URL}{lever}",
        headers={"Authorization": f"Bearer {settings.STANDIN_SECRET}"} | told(),
        json=how,
        timeout=10,
        trust_env=False,
        verify=TRUST,
    ).raise_for_status()
