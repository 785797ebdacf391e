"""A transfer taken back from its payee: decided by finance staff, at the provider, done, refused or owed."""

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.ids import new_id
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.steps.posting import post
from marketplace.payments.answers import ProviderReversal
from marketplace.payments.errors import NothingToTakeBack, ReasonNeeded
from marketplace.payments.events import (
    TransferReversalDone,
    TransferReversalRefused,
    TransferTakenBack,
    WalletRefilled,
)
from marketplace.payments.machine import REVERSAL, TRANSFER, ReversalState, TransferState
from marketplace.payments.models import Debt, Transfer, TransferReversal
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.steps.calls import close_call, open_call
from marketplace.payments.steps.debts import owe, receivable_of, undo
from marketplace.payments.steps.lot_clocks import start_clocks


@use_case
def take_transfer_back(*, actor: Actor, public_id: str, reason: str) -> TransferReversal:
    """Finance staff: the payee has defrauded. What is on her account at the provider goes from there; what has left it
    is her debt, kept of her next earnings. The merchant has it in its wallet, to settle what it owes or to go back to
    its source. Again: the same.

    Raises ReasonNeeded, NothingToTakeBack, Forbidden, NotFound.
    """
    PAYOUTS.authorise(actor, PayoutAction.STAFF)
    if not reason.strip():
        raise ReasonNeeded
    transfer = _lock_transfer(public_id)
    if there := TransferReversal.objects.filter(transfer=transfer).exclude(state=ReversalState.REFUSED).first():
        return there
    if transfer.state != TransferState.DONE:
        raise NothingToTakeBack
    reversal = TransferReversal.objects.create(
        transfer=transfer,
        party=transfer.party,
        provider=transfer.provider,
        amount_minor=transfer.amount_minor,
        currency=transfer.currency,
        reason=reason.strip()[:2000],
        decided_by_id=actor.user_id,
    )
    owed = transfer.payout_id is not None
    if owed:
        REVERSAL.fire(reversal, "owe")
        reversal.closed_at = clock.now()
        reversal.save(update_fields=["state", "closed_at"])
        owe(transfer.party, reversal.money, why=Debt.Why.TAKEN_BACK, reversal=reversal, by=actor)
        _to_the_merchant(reversal, source=receivable_of(transfer.party), by=actor)
    else:
        TRANSFER.fire(transfer, "reverse")
        transfer.save(update_fields=["state"])
        connected = chart.connected(transfer.party.public_id, transfer.party_id)
        post(
            plans.taking_back(
                reversal=reversal.public_id, connected=connected, provider=reversal.provider, money=reversal.money
            )
        )
    event = TransferTakenBack(
        aggregate=reversal.public_id,
        transfer=public_id,
        owed=owed,
        amount_minor=reversal.amount_minor,
        currency=reversal.currency,
    )
    record(event, by=actor)
    return reversal


@use_case
def open_reversal_call(*, actor: Actor, public_id: str) -> tuple[TransferReversal, str] | None:
    """Before the provider is asked: note the call and its key. None when there is nothing left to ask."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    reversal = _lock(public_id)
    if reversal.state != ReversalState.SUBMITTING:
        return None
    request = {"money": str(reversal.money), "transfer": reversal.transfer.provider_transfer, "reference": public_id}
    return reversal, open_call("reversal", public_id, reversal.epoch, request)


@use_case
def settle_reversal(*, actor: Actor, public_id: str, answer: ProviderReversal, key: str = "") -> TransferReversal:
    """It is on the platform's account again. `key` is that of the call this answers, if it answers one."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    reversal = _lock(public_id)
    if key:
        close_call(key, answer={"reversal": answer.id})
    if REVERSAL.can(reversal, "finish"):
        move = REVERSAL.fire(reversal, "finish")
        reversal.provider_reversal = answer.id
        reversal.checked_at = reversal.closed_at = clock.now()
        reversal.save(update_fields=["state", "provider_reversal", "checked_at", "closed_at"])
        _to_the_merchant(reversal, source=chart.clearing(reversal.provider), by=actor)
        record(TransferReversalDone(aggregate=public_id), by=actor, move=move)
    return reversal


@use_case
def record_refused_reversal(*, actor: Actor, public_id: str, key: str, code: str) -> TransferReversal:
    """A definite no: it is on her account as before, and goes on as before. Finance may decide anew."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    reversal = _lock(public_id)
    close_call(key, answer={"code": code}, refused=True)
    if reversal.state == ReversalState.SUBMITTING:
        move = REVERSAL.fire(reversal, "refuse")
        reversal.failure, reversal.closed_at = code[:80], clock.now()
        reversal.save(update_fields=["state", "failure", "closed_at"])
        transfer = reversal.transfer
        TRANSFER.fire(transfer, "keep")
        transfer.save(update_fields=["state"])
        undo(public_id)
        record(TransferReversalRefused(aggregate=public_id, why=code[:80]), by=actor, move=move)
    return reversal


@use_case
def raise_reversal_epoch(*, actor: Actor, public_id: str) -> None:
    """A look-up proved that nothing exists under the last key: the next call may carry a new one."""
    PAYOUTS.authorise(actor, PayoutAction.RECORD)
    reversal = _lock(public_id)
    if reversal.state == ReversalState.SUBMITTING:
        reversal.epoch += 1
        reversal.save(update_fields=["epoch"])


def _to_the_merchant(reversal: TransferReversal, *, source: chart.AccountRef, by: Actor) -> None:
    """A part of the charge that it was paid by, with its clocks."""
    lot, merchant = reversal.transfer.lot, reversal.transfer.lot.held_in.party
    part = plans.Part(
        lot_id=lot.pk,
        child=new_id("lot"),
        provider=lot.provider,
        charge=lot.charge,
        money=reversal.money,
        charged_at=lot.charged_at,
    )
    wallet = chart.wallet(merchant.public_id, merchant.pk)
    post(plans.taken_back(reversal=reversal.public_id, source=source, wallet=wallet, part=part))
    start_clocks(part.child, part.charged_at)
    refilled = WalletRefilled(
        aggregate=reversal.public_id,
        party=merchant.public_id,
        amount_minor=reversal.amount_minor,
        currency=reversal.currency,
    )
    record(refilled, by=by)


def _lock_transfer(public_id: str) -> Transfer:
    """Both parties first: the payee's debts, and the merchant's wallet."""
    known = Transfer.objects.filter(public_id=public_id)
    parties = known.values_list("party_id", "lot__held_in__party_id").first()
    if parties is None:
        raise NotFound
    lock(Party.objects.filter(pk__in=parties), "party")
    return lock(known.select_related("party", "lot__held_in__party"), "transfer")[0]


def _lock(public_id: str) -> TransferReversal:
    known = TransferReversal.objects.filter(public_id=public_id)
    about = known.values_list("transfer__public_id", flat=True).first()
    if about is None:
        raise NotFound
    transfer = _lock_transfer(about)
    reversal = lock(known, "transfer_reversal")[0]
    reversal.transfer = transfer
    return reversal
