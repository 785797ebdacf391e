"""Asks a provider how things are, and brings ours there."""

from datetime import timedelta

from marketplace.core import clock
from marketplace.core.errors import NotFound
from marketplace.payments.errors import ProviderError
from marketplace.payments.flows.pay_out import submit_payout, submit_transfer
from marketplace.payments.flows.submit import SYSTEM, submit_funding, submit_refund
from marketplace.payments.gateways import provider
from marketplace.payments.machine import FundingState, PayoutState, RefundState, TransferState
from marketplace.payments.models import Funding, Payout, PayoutAccount, Refund, Transfer
from marketplace.payments.selectors import (
    group_of,
    unsettled_fundings,
    unsettled_payouts,
    unsettled_refunds,
    unsettled_transfers,
    without_fee,
)
from marketplace.payments.selectors.pausing import find_pause
from marketplace.payments.services.funding import raise_funding_epoch, settle_funding
from marketplace.payments.services.payout_account import settle_payout_account
from marketplace.payments.services.payouts import raise_payout_epoch, settle_payout
from marketplace.payments.services.refunds import raise_refund_epoch, settle_refund
from marketplace.payments.services.transfers import raise_transfer_epoch, settle_transfer

PATIENCE = timedelta(seconds=60)
# Longer than any call's timeout and retries: what is not there by then was never accepted.
IN_FLIGHT = timedelta(seconds=60)


def refresh_funding(funding: Funding) -> Funding:
    """Look the payment up. One that provably does not exist there is submitted under a new key: a provider replays
    the answer of the old one, its own 500 included. One that was only just submitted is left alone."""
    if not funding.checkout and clock.now() - funding.created_at < IN_FLIGHT:
        return submit_funding(funding.public_id) or funding
    gateway = provider(funding.provider)
    known, since = funding.checkout, funding.created_at
    checkout = gateway.get_checkout(known) if known else gateway.find_checkout(funding.public_id, since=since)
    if checkout is None:
        raise_funding_epoch(actor=SYSTEM, public_id=funding.public_id)
        return submit_funding(funding.public_id) or funding
    return settle_funding(actor=SYSTEM, public_id=funding.public_id, checkout=checkout)


def refresh_refund(refund: Refund) -> Refund:
    known = refund.provider_refund
    if not known and clock.now() - refund.created_at < IN_FLIGHT:
        return submit_refund(refund.public_id) or refund
    gateway = provider(refund.provider)
    answer = gateway.get_refund(known) if known else gateway.find_refund(refund.public_id, charge=refund.charge)
    if answer is None:
        raise_refund_epoch(actor=SYSTEM, public_id=refund.public_id)
        return submit_refund(refund.public_id) or refund
    return settle_refund(actor=SYSTEM, public_id=refund.public_id, answer=answer)


def refresh_transfer(transfer: Transfer) -> Transfer:
    if clock.now() - transfer.checked_at < IN_FLIGHT:
        return submit_transfer(transfer.public_id) or transfer
    answer = provider(transfer.provider).find_transfer(transfer.public_id, group=group_of(transfer))
    if answer is None and find_pause():
        return transfer  # nothing new is asked of the provider: looked at again when payouts go on
    if answer is None:
        raise_transfer_epoch(actor=SYSTEM, public_id=transfer.public_id)
        return submit_transfer(transfer.public_id) or transfer
    return settle_transfer(actor=SYSTEM, public_id=transfer.public_id, answer=answer)


def refresh_payout(payout: Payout) -> Payout:
    known = payout.provider_payout
    if not known and clock.now() - payout.checked_at < IN_FLIGHT:
        return submit_payout(payout.public_id) or payout
    gateway = provider(payout.provider)
    payee = payout.payee
    answer = gateway.get_payout(known, payee=payee) if known else gateway.find_payout(payout.reference, payee=payee)
    if answer is None and find_pause():
        return payout  # nothing new is asked of the provider: looked at again when payouts go on
    if answer is None:
        raise_payout_epoch(actor=SYSTEM, public_id=payout.public_id)
        return submit_payout(payout.public_id) or payout
    return settle_payout(actor=SYSTEM, public_id=payout.public_id, answer=answer)


def refresh_account(account: PayoutAccount) -> PayoutAccount:
    """What the provider says of the payee now: she comes back from its page before any webhook."""
    if not account.provider_payee:
        return account
    payee = provider(account.provider).get_payee(account.provider_payee)
    return settle_payout_account(actor=SYSTEM, public_id=account.public_id, payee=payee)


def resolve_unknown(*, unchecked_for: timedelta = PATIENCE) -> int:
    """Ask about everything open that has not been asked about for a while. Returns how many are settled now."""
    settled = 0
    for funding in unsettled_fundings(unchecked_for=unchecked_for):
        settled += _quietly(refresh_funding, funding, FundingState.AWAITING_PAYER)
    for refund in unsettled_refunds(unchecked_for=unchecked_for):
        settled += _quietly(refresh_refund, refund, RefundState.SENT)
    for transfer in unsettled_transfers(unchecked_for=unchecked_for):
        settled += _quietly(refresh_transfer, transfer, TransferState.SUBMITTING)
    for payout in unsettled_payouts(unchecked_for=unchecked_for):
        settled += _quietly(refresh_payout, payout, PayoutState.IN_TRANSIT)
    return settled


def learn_fees(*, unchecked_for: timedelta = PATIENCE) -> None:
    """Of what is done: a provider may draw its fee a while after the payment itself."""
    for subject in without_fee(unchecked_for=unchecked_for):
        refresh = refresh_funding if isinstance(subject, Funding) else refresh_refund
        _quietly(refresh, subject, subject.state)


def _quietly(refresh, subject, still_open: str) -> int:
    """One that the provider cannot answer about now is asked about again later; it does not stop the others."""
    try:
        return refresh(subject).state != still_open
    except (ProviderError, NotFound):
        return 0
