"""A payout: asked for or made by a run, at the provider, paid or back."""

from collections.abc import Mapping, Sequence

from marketplace.accounts.models import Party
from marketplace.accounts.selectors import has_second_factor
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.idempotency import seen
from marketplace.core.ids import new_id
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.steps.posting import post
from marketplace.payments.answers import ProviderPayout
from marketplace.payments.errors import (
    NoPayoutAccount,
    NoSecondFactor,
    PayoutsAreFrozen,
    PayoutsPaused,
    PayoutsWait,
    PayoutTooSmall,
)
from marketplace.payments.events import PayoutFailed, PayoutPaid, PayoutSent, PayoutSubmitted
from marketplace.payments.machine import PAYOUT, PayoutState, TransferState
from marketplace.payments.models import Payout, PayoutAccount, Transfer
from marketplace.payments.models.payout import TRIES_AT_MOST, TRY_AGAIN_AFTER
from marketplace.payments.payout_rules import least
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.steps.calls import close_call, open_call
from marketplace.payments.steps.pausing import pause_that_holds, stop
from marketplace.payments.steps.payout_holds import accounts_of_payee, guarded, holds_payout
from marketplace.payments.steps.payouts import (
    PAYOUT_RETRY,
    connected_of,
    hold_payout,
    in_transit_of,
    let_payout_go,
    make_payouts,
    retry_payout,
    total_of,
)


@use_case
def ask_payout(*, actor: Actor, currency: str, key: str) -> Payout:
    """Everything of one currency that is ready at one provider, now. The same `key` again answers with the same.

    Raises NoSecondFactor, NoPayoutAccount, PayoutsPaused, PayoutsWait, PayoutsAreFrozen, PayoutTooSmall, Forbidden,
    KeyReused.
    """
    paused = pause_that_holds()
    found = lock(Party.objects.filter(pk=actor.party_id), "party")
    if not found:
        raise NotFound
    party = found[0]
    PAYOUTS.authorise(actor, PayoutAction.ASK, party)
    if not has_second_factor(actor.user_id):
        raise NoSecondFactor
    public_id = new_id("pyo")
    if first := seen(actor=actor, operation="payout", key=key, request={"currency": currency}, result=public_id):
        return Payout.objects.get(public_id=first)
    if paused:
        raise PayoutsPaused
    accounts = accounts_of_payee(party.pk)
    if not accounts:
        raise NoPayoutAccount
    if held := guarded(party.pk):
        if held.until is None:
            raise PayoutsAreFrozen
        raise PayoutsWait(until=held.until.date().isoformat())
    account, ready = _largest(accounts, lock(_ready().filter(party=party, currency=currency), "transfer"))
    available, minimum = total_of(ready, currency), least(currency)
    if available.amount_minor < minimum.amount_minor:
        raise PayoutTooSmall(least=str(minimum), available=str(available))
    payout = _payout(account, ready, currency, public_id=public_id, asked_by_id=actor.user_id)
    return make_payouts([(payout, [transfer.pk for transfer in ready])], by=actor)[0]


@use_case
def open_payout_call(*, actor: Actor, public_id: str) -> tuple[Payout, str] | None:
    """Before the provider is asked: did anything happen since it was made? Then note the call and its key.

    None when it waits, or there is nothing left to ask. While all payouts are paused it stays where it is.
    """
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    paused = pause_that_holds()
    payout = _lock_payout(public_id)
    if paused:
        stop(payout, PayoutState.PENDING)
        return None
    if payout.state == PayoutState.PENDING:
        if held := holds_payout(payout):
            hold_payout(payout, held, by=actor)
            return None
        move = PAYOUT.fire(payout, "submit")
        payout.checked_at = payout.submitted_at = clock.now()
        payout.save(update_fields=["state", "checked_at", "submitted_at"])
        record(PayoutSubmitted(aggregate=public_id), by=actor, move=move)
    if payout.state != PayoutState.SUBMITTING:
        return None
    request = {"money": str(payout.money), "payee": payout.payee, "reference": payout.reference}
    return payout, open_call("payout", payout.reference, payout.epoch, request)


@use_case
def settle_payout(*, actor: Actor, public_id: str, answer: ProviderPayout, key: str = "") -> Payout:
    """Bring a payout to where the provider says it is. What it says of an earlier try is history."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    payout = _lock_payout(public_id)
    if key:
        close_call(key, answer={"payout": answer.id, "status": answer.status})
    if answer.reference != payout.reference:
        return payout
    payout.checked_at, payout.provider_payout = clock.now(), answer.id
    payout.last4 = answer.last4 or payout.last4  # not every provider says where it went
    payout.save(update_fields=["checked_at", "provider_payout", "last4"])
    if answer.status == "paid" and PAYOUT.can(payout, "pay"):
        _paid(payout, actor)
    elif answer.status == "failed":
        _failed(payout, answer.failure, actor)
    elif answer.status == "in_transit" and PAYOUT.can(payout, "send"):
        move = PAYOUT.fire(payout, "send")
        payout.save(update_fields=["state"])
        record(PayoutSent(aggregate=public_id, provider_payout=answer.id), by=actor, move=move)
    return payout


@use_case
def record_refused_payout(*, actor: Actor, public_id: str, key: str, code: str) -> Payout:
    """A definite no: it never left the payee's account at the provider."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    payout = _lock_payout(public_id)
    close_call(key, answer={"code": code}, refused=True)
    if payout.state == PayoutState.SUBMITTING:
        _failed(payout, code, actor)
    return payout


@use_case
def raise_payout_epoch(*, actor: Actor, public_id: str) -> None:
    """A look-up proved that nothing exists under the last key: the next call may carry a new one."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    payout = _lock_payout(public_id)
    if payout.state == PayoutState.SUBMITTING:
        payout.epoch += 1
        payout.save(update_fields=["epoch"])


@use_case
def try_payout_again(*, actor: Actor, public_id: str) -> Payout:
    """Finance staff: once more, now, however often it was tried."""
    PAYOUTS.authorise(actor, PayoutAction.STAFF)
    payout = _lock_payout(public_id)
    retry_payout(payout, by=actor)
    return payout


@use_case
def let_held_payout_go(*, actor: Actor, public_id: str) -> Payout:
    """Finance staff: what held it is over. What else holds it holds it still."""
    PAYOUTS.authorise(actor, PayoutAction.STAFF)
    payout = _lock_payout(public_id)
    let_payout_go(payout, by=actor)
    return payout


def _ready():
    return Transfer.objects.filter(state=TransferState.DONE, payout=None)


def _largest(
    accounts: Mapping[str, PayoutAccount], ready: Sequence[Transfer]
) -> tuple[PayoutAccount, Sequence[Transfer]]:
    """A payout goes by one provider: where most of it lies, should a house have changed its provider meanwhile.

    Raises NoPayoutAccount when all of it lies where she has no account.
    """
    if not ready:
        return next(iter(accounts.values())), ready
    there: dict[str, list[Transfer]] = {}
    for transfer in ready:
        there.setdefault(transfer.provider, []).append(transfer)
    reachable = [provider for provider in there if provider in accounts]
    if not reachable:
        raise NoPayoutAccount
    most = max(reachable, key=lambda provider: sum(transfer.amount_minor for transfer in there[provider]))
    return accounts[most], there[most]


def _payout(
    account: PayoutAccount, transfers: Sequence[Transfer], currency: str, *, public_id: str, asked_by_id: int | None
) -> Payout:
    return Payout(
        public_id=public_id,
        party=account.party,
        provider=account.provider,
        payee=account.provider_payee,
        amount_minor=total_of(transfers, currency).amount_minor,
        currency=currency,
        last4=account.last4,
        asked_by_id=asked_by_id,
    )


def _paid(payout: Payout, actor: Actor) -> None:
    move = PAYOUT.fire(payout, "pay")
    payout.closed_at = clock.now()
    payout.save(update_fields=["state", "closed_at"])
    post(
        plans.payout_paid(
            payout=payout.reference,
            in_transit=in_transit_of(payout),
            provider=payout.provider,
            money=payout.money,
        )
    )
    record(PayoutPaid(aggregate=payout.public_id), by=actor, move=move)


def _failed(payout: Payout, why: str, actor: Actor) -> None:
    """Back on the payee's account at the provider, not on ours. Three tries, then a person."""
    was_paid = payout.state == PayoutState.PAID
    transition = "return" if was_paid else "fail"
    if not PAYOUT.can(payout, transition):
        return
    move = PAYOUT.fire(payout, transition)
    payout.failure, payout.closed_at = why[:80], None
    payout.retry_at = clock.now() + TRY_AGAIN_AFTER if payout.tries < TRIES_AT_MOST else None
    payout.save(update_fields=["state", "failure", "closed_at", "retry_at"])
    post(
        plans.payout_returned(
            payout=payout.reference,
            source=chart.world(payout.provider) if was_paid else in_transit_of(payout),
            connected=connected_of(payout),
            money=payout.money,
        )
    )
    if payout.retry_at is not None:
        schedule(PAYOUT_RETRY, payout.public_id, due_at=payout.retry_at)
    event = PayoutFailed(
        aggregate=payout.public_id,
        why=why[:80],
        was_paid=was_paid,
        retry_at=payout.retry_at.isoformat() if payout.retry_at else "",
    )
    record(event, by=actor, move=move)


def _lock_payout(public_id: str) -> Payout:
    found = lock(Payout.objects.filter(public_id=public_id).select_related("party"), "payout")
    if not found:
        raise NotFound
    return found[0]
