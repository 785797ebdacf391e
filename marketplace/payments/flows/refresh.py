"""Asks a provider how things are, and brings ours there."""

from datetime import timedelta

from marketplace.core import clock
from marketplace.core.errors import NotFound
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.submit import SYSTEM, submit_funding, submit_refund
from marketplace.payments.gateways import provider
from marketplace.payments.machine import FundingState, RefundState
from marketplace.payments.models import Funding, Refund
from marketplace.payments.selectors import unsettled_fundings, unsettled_refunds
from marketplace.payments.services.funding import raise_funding_epoch, settle_funding
from marketplace.payments.services.refunds import raise_refund_epoch, settle_refund

PATIENCE = timedelta(seconds=60)
# Longer than any call's timeout and retries: what is not there by then was never accepted.
IN_FLIGHT = timedelta(seconds=60)


def refresh_funding(funding: Funding) -> Funding:
    """Look the payment up. One that provably does not exist there is submitted under a new key: a provider replays
    the answer of the old one, its own 500 included. One that was only just submitted is left alone."""
    if not funding.checkout and clock.now() - funding.created_at < IN_FLIGHT:
        return submit_funding(funding.public_id) or funding
    gateway = provider(funding.provider)
    checkout = gateway.get_checkout(funding.checkout) if funding.checkout else gateway.find_checkout(funding.public_id)
    if checkout is None:
        raise_funding_epoch(actor=SYSTEM, public_id=funding.public_id)
        return submit_funding(funding.public_id) or funding
    return settle_funding(actor=SYSTEM, public_id=funding.public_id, checkout=checkout)


def refresh_refund(refund: Refund) -> Refund:
    known = refund.provider_refund
    if not known and clock.now() - refund.created_at < IN_FLIGHT:
        return submit_refund(refund.public_id) or refund
    gateway = provider(refund.provider)
    answer = gateway.get_refund(known) if known else gateway.find_refund(refund.public_id)
    if answer is None:
        raise_refund_epoch(actor=SYSTEM, public_id=refund.public_id)
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
