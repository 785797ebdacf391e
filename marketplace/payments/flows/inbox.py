"""Processes what a provider told us, and fetches what it could not tell."""

from collections.abc import Callable

from marketplace.core.errors import NotFound
from marketplace.payments.answers import Subject
from marketplace.payments.flows.chargebacks import hear
from marketplace.payments.flows.submit import SYSTEM
from marketplace.payments.gateways import provider
from marketplace.payments.gateways.provider import Provider
from marketplace.payments.machine import InboxState
from marketplace.payments.models.payout import public_id_of
from marketplace.payments.selectors import cursor_of, get_inbox_event
from marketplace.payments.services.funding import settle_funding
from marketplace.payments.services.inbox import advance_cursor, close, receive
from marketplace.payments.services.payout_account import settle_payout_account
from marketplace.payments.services.payouts import settle_payout
from marketplace.payments.services.refunds import settle_refund
from marketplace.payments.services.transfers import settle_transfer


def process(public_id: str) -> None:
    """Fetch the object that the event speaks of and move ours to where it is now, never to what the event said."""
    stored = get_inbox_event(public_id)
    if stored.state != InboxState.RECEIVED:
        return
    gateway = provider(stored.provider)
    subject = gateway.subject_of(stored.payload)
    ignored = subject is None
    if subject is not None:
        try:
            SETTLE[subject.kind](gateway, subject)
        except NotFound:
            ignored = True  # not ours: another platform's object at the same provider; kept, with its state saying so
    close(public_id=public_id, ignored=ignored)


def _checkout(gateway: Provider, subject: Subject) -> None:
    checkout = gateway.get_checkout(subject.id)
    settle_funding(actor=SYSTEM, public_id=checkout.reference, checkout=checkout)


def _refund(gateway: Provider, subject: Subject) -> None:
    refund = gateway.get_refund(subject.id)
    settle_refund(actor=SYSTEM, public_id=refund.reference, answer=refund)


def _transfer(gateway: Provider, subject: Subject) -> None:
    transfer = gateway.get_transfer(subject.id)
    settle_transfer(actor=SYSTEM, public_id=transfer.reference, answer=transfer)


def _payout(gateway: Provider, subject: Subject) -> None:
    payout = gateway.get_payout(subject.id, payee=subject.account)
    settle_payout(actor=SYSTEM, public_id=public_id_of(payout.reference), answer=payout)


def _chargeback(gateway: Provider, subject: Subject) -> None:
    hear(gateway.name, subject.id)


def _payee(gateway: Provider, subject: Subject) -> None:
    payee = gateway.get_payee(subject.id)
    settle_payout_account(actor=SYSTEM, public_id=payee.reference, payee=payee)


SETTLE: dict[str, Callable[[Provider, Subject], None]] = {
    "checkout": _checkout,
    "refund": _refund,
    "transfer": _transfer,
    "payout": _payout,
    "payee": _payee,
    "chargeback": _chargeback,
}


def backfill(provider_name: str) -> int:
    """Read the provider's log from where we left off; what no webhook brought is received now."""
    gateway = provider(provider_name)
    last, new = cursor_of(provider_name), 0
    for event in gateway.events_after(last):
        new += receive(provider=provider_name, event=event, by_backfill=True)
        advance_cursor(provider=provider_name, last_event=event.id)
    return new
