"""A payment in: asked for, at the provider, paid or not. Each function is one step of the life of a Funding."""

from django.conf import settings

from marketplace.accounts.models import Party
from marketplace.accounts.models.party import MERCHANT_KINDS
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.idempotency import seen
from marketplace.core.ids import new_id
from marketplace.core.locks import lock
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.steps.posting import post
from marketplace.payments.answers import Checkout
from marketplace.payments.errors import AmountOutOfBounds, CurrencyNotOffered, WalletSwitchedOff
from marketplace.payments.events import (
    ContractPaid,
    FundingMismatched,
    FundingNotPaid,
    FundingPaid,
    FundingSubmitted,
)
from marketplace.payments.machine import FUNDING, OPEN, FundingState
from marketplace.payments.models import Approval, Funding
from marketplace.payments.policies import WALLET, WalletAction
from marketplace.payments.selectors import get_asked
from marketplace.payments.selectors.debts import owed_by
from marketplace.payments.steps.approvals import ask_second_person, needs_second_person
from marketplace.payments.steps.calls import close_call, open_call
from marketplace.payments.steps.fees import book_fee
from marketplace.payments.steps.funding import start_funding
from marketplace.payments.steps.lot_clocks import start_clocks

CONTRACT_PAID = ("aggregate", "amount_minor", "currency")
NOT_PAID = {"declined": "fail", "expired": "expire", "cancelled": "expire"}


@use_case
def ask_top_up(*, actor: Actor, money: Money, provider: str, key: str) -> Funding | Approval:
    """Ask for money into the actor's wallet. The same `key` again answers with the same.

    Above the party's limit nothing is asked of the provider yet: a second person must approve, and the Approval comes
    back.

    Raises WalletSwitchedOff, CurrencyNotOffered, AmountOutOfBounds, Forbidden, KeyReused.
    """
    party = _lock_merchant(actor)
    WALLET.authorise(actor, WalletAction.TOP_UP, party)
    _check_offer(party, money)
    funding_id, approval_id = new_id("fnd"), new_id("apv")
    waits = needs_second_person(party, money)
    request = {"money": str(money), "provider": provider}
    result = approval_id if waits else funding_id
    if first := seen(actor=actor, operation="top_up", key=key, request=request, result=result):
        return get_asked(first, Funding)
    if waits:
        return ask_second_person(
            actor=actor,
            party=party,
            kind=Approval.Kind.TOP_UP,
            money=money,
            payload={"provider": provider, "public_id": funding_id},
            public_id=approval_id,
        )
    return start_funding(
        actor=actor, party=party, money=money, provider=provider, public_id=funding_id, asked_by_id=actor.user_id
    )


@use_case
def open_checkout_call(*, actor: Actor, public_id: str) -> tuple[Funding, str] | None:
    """Before the provider is asked: note the call and its key. None when there is nothing left to ask."""
    funding = _lock_funding(actor, public_id)
    if funding.state != FundingState.SUBMITTING:
        return None
    request = {"money": str(funding.money), "reference": public_id}
    return funding, open_call("checkout", public_id, funding.epoch, request)


@use_case
def record_checkout(*, actor: Actor, public_id: str, key: str, checkout: Checkout) -> Funding:
    """The provider has a page for the payer. A webhook may have been quicker: then only the page is noted."""
    funding = _lock_funding(actor, public_id)
    close_call(key, answer={"checkout": checkout.id, "status": checkout.status})
    if funding.state == FundingState.SUBMITTING:
        _submitted(funding, checkout, actor)
    return funding


@use_case
def record_refused_checkout(*, actor: Actor, public_id: str, key: str, code: str) -> Funding:
    """A definite no from the provider: nothing was opened, nothing can be charged."""
    funding = _lock_funding(actor, public_id)
    close_call(key, answer={"code": code}, refused=True)
    if funding.state == FundingState.SUBMITTING:
        _close(funding, "fail", code, actor)
    return funding


@use_case
def settle_funding(*, actor: Actor, public_id: str, checkout: Checkout) -> Funding:
    """Bring a funding to where the provider says it is. Order and repetition of what it says do not matter."""
    WALLET.authorise(actor, WalletAction.RECORD)
    funding = _lock_funding(actor, public_id)
    _settle(funding, checkout, actor)
    return funding


@use_case
def settle_out_of_suspense(*, actor: Actor, public_id: str, line: str, checkout: Checkout) -> Funding:
    """What had come for nobody was this payment after all: out of suspense and booked as its charge, together. `line`
    is what it waited under. Again changes nothing."""
    WALLET.authorise(actor, WalletAction.RECORD)
    funding = _lock_funding(actor, public_id)
    if checkout.charge is not None and checkout.charge.id == line:
        waiting = plans.unmatched(reference=line, provider=funding.provider, charge=line, money=checkout.charge.money)
        post(plans.reversal(of=waiting, journal_id=post(waiting).journal_id))
    _settle(funding, checkout, actor)
    return funding


@use_case
def raise_funding_epoch(*, actor: Actor, public_id: str) -> None:
    """A look-up proved that nothing exists under the last key: the next call may carry a new one."""
    WALLET.authorise(actor, WalletAction.RECORD)
    funding = _lock_funding(actor, public_id)
    if funding.state == FundingState.SUBMITTING:
        funding.epoch += 1
        funding.save(update_fields=["epoch"])


def _settle(funding: Funding, checkout: Checkout, actor: Actor) -> None:
    funding.checked_at = clock.now()
    funding.save(update_fields=["checked_at"])
    if funding.state == FundingState.SUBMITTING and checkout.charge is None:
        _submitted(funding, checkout, actor)
    if checkout.status == "paid" and checkout.charge is not None:
        if FUNDING.can(funding, "pay"):
            _paid(funding, checkout, actor)
        if funding.charge == checkout.charge.id:
            book_fee(funding, checkout.charge.fee)
    elif checkout.status in NOT_PAID and funding.state in OPEN:
        _close(funding, NOT_PAID[checkout.status], checkout.status, actor)


def _submitted(funding: Funding, checkout: Checkout, actor: Actor) -> None:
    move = FUNDING.fire(funding, "submit")
    funding.checkout, funding.pay_url = checkout.id, checkout.url
    funding.save(update_fields=["state", "checkout", "pay_url"])
    record(FundingSubmitted(aggregate=funding.public_id, checkout=checkout.id), by=actor, move=move)


def _paid(funding: Funding, checkout: Checkout, actor: Actor) -> None:
    charge = checkout.charge
    funding.checkout, funding.charge, funding.closed_at = checkout.id, charge.id, clock.now()
    facts = {
        "aggregate": funding.public_id,
        "charge": charge.id,
        "amount_minor": charge.money.amount_minor,
        "currency": charge.money.currency,
    }
    if charge.money != funding.money or checkout.reference != funding.public_id:
        move = FUNDING.fire(funding, "mismatch")
        post(
            plans.unmatched(
                reference=funding.public_id, provider=funding.provider, charge=charge.id, money=charge.money
            )
        )
        event = FundingMismatched(**facts)
    else:
        move = FUNDING.fire(funding, "pay")
        lot = new_id("lot")
        arrived = {
            "funding": funding.public_id,
            "lot_public_id": lot,
            "provider": funding.provider,
            "charge": charge.id,
            "money": charge.money,
            "charged_at": charge.created_at,
        }
        if funding.contract:
            post(plans.contract_funded(protected=chart.protected(funding.contract, funding.party_id), **arrived))
            what = {"contract": funding.contract, "part": funding.part}
            event = ContractPaid(**what, **{name: facts[name] for name in CONTRACT_PAID})
        else:
            post(plans.top_up(wallet=chart.wallet(funding.party.public_id, funding.party_id), **arrived))
            event = FundingPaid(**facts)
        start_clocks(lot, charge.created_at)
    funding.save(update_fields=["state", "checkout", "charge", "closed_at"])
    record(event, by=actor, move=move)


def _close(funding: Funding, transition: str, why: str, actor: Actor) -> None:
    move = FUNDING.fire(funding, transition)
    funding.closed_at = clock.now()
    funding.save(update_fields=["state", "closed_at"])
    record(FundingNotPaid(aggregate=funding.public_id, why=why), by=actor, move=move)


def _check_offer(party: Party, money: Money) -> None:
    """What a merchant owes it may always pay, to the cent, also where there is no wallet to keep anything in."""
    if money in owed_by(party.pk):
        return
    if not settings.WALLET_ENABLED:
        raise WalletSwitchedOff
    if money.currency not in settings.WALLET_CURRENCIES:
        raise CurrencyNotOffered(currency=money.currency)
    least, most = settings.TOP_UP_MINIMUM_MINOR[money.currency], settings.TOP_UP_MAXIMUM_MINOR[money.currency]
    if not least <= money.amount_minor <= most:
        raise AmountOutOfBounds(least=str(Money(least, money.currency)), most=str(Money(most, money.currency)))


def _lock_merchant(actor: Actor) -> Party:
    found = lock(Party.objects.filter(pk=actor.party_id, kind__in=MERCHANT_KINDS), "party")
    if not found:
        raise NotFound
    return found[0]


def _lock_funding(actor: Actor, public_id: str) -> Funding:
    scope = Funding.objects.all() if actor.is_system else Funding.objects.visible_to(actor)
    found = lock(scope.filter(public_id=public_id).select_related("party"), "funding")
    if not found:
        raise NotFound
    return found[0]
