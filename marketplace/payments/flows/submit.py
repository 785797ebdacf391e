"""Takes what was asked to the provider: note the call, make it, note the answer. No transaction is open meanwhile.

Each flow may be cut off anywhere and run again: the key is the same, so the effect happens once.
"""

from datetime import timedelta

from django.conf import settings

from marketplace.core import clock
from marketplace.core.actor import Actor, Source
from marketplace.payments.errors import ProviderFinal
from marketplace.payments.gateways import provider
from marketplace.payments.models import Funding, Refund
from marketplace.payments.services import funding as funding_services
from marketplace.payments.services import refunds as refund_services

# Providers forget a key after 24 h: older than this, look before asking again.
KEY_LIFE = timedelta(hours=23)
SYSTEM = Actor.system("payments", Source.SYSTEM)


def submit_funding(public_id: str) -> Funding | None:
    """Open the payer's page at the provider. Raises ProviderRetryable or ProviderUnknown: the outbox tries again."""
    opened = funding_services.open_checkout_call(actor=SYSTEM, public_id=public_id)
    if opened is None:
        return None
    funding, key = opened
    gateway = provider(funding.provider)
    checkout = (
        gateway.find_checkout(public_id, since=funding.created_at)
        if clock.now() - funding.created_at > KEY_LIFE
        else None
    )
    try:
        checkout = checkout or gateway.create_checkout(
            key=key,
            money=funding.money,
            reference=public_id,
            description=f"{'Contract' if funding.contract else 'Wallet top-up'}, {funding.party.name}",
            payer=funding.party.name,
            success_url=f"{settings.SITE_URL}/wallet/in/{public_id}/",
            cancel_url=f"{settings.SITE_URL}/wallet/in/{public_id}/",
            group=funding.group,
        )
    except ProviderFinal as error:
        code = str(error.context.get("provider_code", error))
        return funding_services.record_refused_checkout(actor=SYSTEM, public_id=public_id, key=key, code=code)
    return funding_services.record_checkout(actor=SYSTEM, public_id=public_id, key=key, checkout=checkout)


def submit_refund(public_id: str) -> Refund | None:
    """Ask the provider to send a refund back to its charge."""
    opened = refund_services.open_refund_call(actor=SYSTEM, public_id=public_id)
    if opened is None:
        return None
    refund, key = opened
    gateway = provider(refund.provider)
    answer = (
        gateway.find_refund(public_id, charge=refund.charge) if clock.now() - refund.created_at > KEY_LIFE else None
    )
    try:
        answer = answer or gateway.create_refund(
            key=key, charge=refund.charge, money=refund.money, reference=public_id, reason=refund.reason
        )
    except ProviderFinal as error:
        code = str(error.context.get("provider_code", error))
        return refund_services.record_refused_refund(actor=SYSTEM, public_id=public_id, key=key, code=code)
    return refund_services.settle_refund(actor=SYSTEM, public_id=public_id, answer=answer, key=key)
