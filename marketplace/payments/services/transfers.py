"""A payee's part of a release, from the platform to her account at the provider."""

from datetime import timedelta

from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.steps.posting import post
from marketplace.payments.answers import ProviderTransfer
from marketplace.payments.events import TransferDone, TransferFailed, TransferSubmitted
from marketplace.payments.machine import TRANSFER, TransferState
from marketplace.payments.models import Transfer
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.selectors import charge_carries
from marketplace.payments.steps.calls import close_call, open_call
from marketplace.payments.steps.holds import RETRY, hold, let_go, retry
from marketplace.payments.steps.pausing import pause_that_holds, stop
from marketplace.payments.steps.payout_holds import holds_transfer

TRY_AGAIN_AFTER = timedelta(days=1)
RETRIES_AT_MOST = 3


@use_case
def open_transfer_call(*, actor: Actor, public_id: str) -> tuple[Transfer, str, str] | None:
    """Before the provider is asked: is there still nothing that holds it? Then note the call.

    Returns the transfer, the provider's payee and the key; None when it waits, or there is nothing left to ask.
    While all payouts are paused it stays where it is.
    """
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    paused = pause_that_holds()
    transfer = _lock_transfer(public_id)
    if paused:
        stop(transfer, TransferState.PENDING)
        return None
    if transfer.state == TransferState.PENDING:
        if held := holds_transfer(transfer):
            hold(transfer, Transfer.Hold(held.reason), by=actor, until=held.until)
            return None
        move = TRANSFER.fire(transfer, "submit")
        transfer.checked_at, transfer.from_balance = clock.now(), not charge_carries(transfer)
        transfer.save(update_fields=["state", "checked_at", "from_balance"])
        record(TransferSubmitted(aggregate=public_id), by=actor, move=move)
    if transfer.state != TransferState.SUBMITTING:
        return None
    payee = transfer.party.payout_accounts.get(provider=transfer.provider).provider_payee
    request = {"money": str(transfer.money), "charge": transfer.source, "payee": payee, "reference": public_id}
    return transfer, payee, open_call("transfer", public_id, transfer.epoch, request)


@use_case
def settle_transfer(*, actor: Actor, public_id: str, answer: ProviderTransfer, key: str = "") -> Transfer:
    """It is on the payee's account. `key` is that of the call this answers, if it answers one."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    transfer = _lock_transfer(public_id)
    if key:
        close_call(key, answer={"transfer": answer.id})
    transfer.checked_at = clock.now()
    transfer.save(update_fields=["checked_at"])
    if TRANSFER.can(transfer, "finish"):
        move = TRANSFER.fire(transfer, "finish")
        transfer.provider_transfer, transfer.closed_at = answer.id, clock.now()
        transfer.save(update_fields=["state", "provider_transfer", "closed_at"])
        party = transfer.party
        post(
            plans.transferred(
                transfer=public_id,
                payable=chart.payable(party.public_id, party.pk),
                connected=chart.connected(party.public_id, party.pk),
                money=transfer.money,
            )
        )
        record(TransferDone(aggregate=public_id), by=actor, move=move)
    return transfer


@use_case
def record_refused_transfer(*, actor: Actor, public_id: str, key: str, code: str) -> Transfer:
    """A definite no: nothing has moved. Tried again a day later, three times; then it waits for a person."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    transfer = _lock_transfer(public_id)
    close_call(key, answer={"code": code}, refused=True)
    if transfer.state == TransferState.SUBMITTING:
        move = TRANSFER.fire(transfer, "fail")
        transfer.failure = code[:80]
        transfer.save(update_fields=["state", "failure"])
        if transfer.epoch <= RETRIES_AT_MOST:
            schedule(RETRY, public_id, due_at=clock.now() + TRY_AGAIN_AFTER)
        record(TransferFailed(aggregate=public_id, why=code[:80]), by=actor, move=move)
    return transfer


@use_case
def raise_transfer_epoch(*, actor: Actor, public_id: str) -> None:
    """A look-up proved that nothing exists under the last key: the next call may carry a new one."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    transfer = _lock_transfer(public_id)
    if transfer.state == TransferState.SUBMITTING:
        transfer.epoch += 1
        transfer.save(update_fields=["epoch"])


@use_case
def hold_transfer(*, actor: Actor, public_id: str) -> Transfer:
    """Our finance staff look into it: it stays until they let it go."""
    PAYOUTS.authorise(actor, PayoutAction.STAFF)
    transfer = _lock_transfer(public_id)
    hold(transfer, Transfer.Hold.STAFF, by=actor)
    return transfer


@use_case
def let_transfer_go(*, actor: Actor, public_id: str) -> Transfer:
    """Finance staff: what held it is over. What else holds it holds it still."""
    PAYOUTS.authorise(actor, PayoutAction.STAFF)
    transfer = _lock_transfer(public_id)
    let_go(transfer, by=actor)
    return transfer


@use_case
def retry_transfer(*, actor: Actor, public_id: str) -> Transfer:
    """Finance staff: once more, now."""
    PAYOUTS.authorise(actor, PayoutAction.STAFF)
    transfer = _lock_transfer(public_id)
    retry(transfer, by=actor)
    return transfer


def _lock_transfer(public_id: str) -> Transfer:
    found = lock(Transfer.objects.filter(public_id=public_id).select_related("party", "lot"), "transfer")
    if not found:
        raise NotFound
    return found[0]
