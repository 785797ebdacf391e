"""Asks a provider how things are, and brings ours there."""

from datetime import timedelta

from marketplace.core.errors import NotFound
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.submit import SYSTEM, submit_funding, submit_refund
from marketplace.payments.gateways import provider
from marketplace.payments.machine import FundingState, RefundState
from marketplace.payments.models import Funding, Refund
from marketplace.payments.selectors import unsettled_fundings, unsettled_refunds
from marketplace.payments.services.funding import settle_funding
from marketplace.payments.services.refunds import settle_refund

PATIENCE = timedelta(seconds=60)


def refresh_funding(funding: Funding) -> Funding:
    """Look the payment up. One that was never submitted is submitted (same key)."""
    gateway = provider(funding.provider)
    checkout = gateway.get_checkout(funding.checkout) if funding.checkout else gateway.find_checkout(funding.public_id)
    if checkout is None:
        return submit_funding(funding.public_id) or funding
    return settle_funding(actor=SYSTEM, public_id=funding.public_id, checkout=checkout)


def refresh_refund(refund: Refund) -> Refund:
    gateway = provider(refund.provider)
    known = refund.provider_refund
    answer = gateway.get_refund(known) if known else gateway.find_refund(refund.public_id)
    if answer is None:
        return submit_refund(refund.public_id) or refund
    return settle_refund(actor=SYSTEM, public_id=refund.public_id, answer=answer)


def resolve_unknown(*, unchecked_for: timedelta = PATIENCE) -> int:
    """Ask about everything open that has not been asked about for a while. Returns how many are settled now."""
    settled = 0
    for funding in unsettled_fundings(unchecked_for=unchecked_for):
        settled += _quietly(refresh_funding, funding, FundingState.AWAITING_PAYER)
    for refund in unsettled_refunds(unchecked_for=unchecked_for):
        settled += _quietly(refresh_refund, refund, RefundState.SENT)
    return settled


def _quietly(refresh, subject, still_open: str) -> int:
    """One that the provider cannot answer about now is asked about again later; it does not stop the others."""
    try:
        return refresh(subject).state != still_open
    except (ProviderError, NotFound):
        return 0
