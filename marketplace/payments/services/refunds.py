"""A refund to source: asked for, at the provider, done or returned."""

from marketplace.accounts.models import Party
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
from marketplace.ledger.errors import LotExhausted, Overdraft
from marketplace.ledger.selectors import account_of, get_lot
from marketplace.ledger.steps.posting import post
from marketplace.payments.answers import ProviderRefund
from marketplace.payments.errors import NothingToSendAgain, RefundTooLarge
from marketplace.payments.events import RefundDone, RefundReturned, RefundSent
from marketplace.payments.machine import REFUND, RefundState
from marketplace.payments.models import Approval, Refund
from marketplace.payments.policies import WALLET, WalletAction
from marketplace.payments.selectors import get_asked
from marketplace.payments.steps.approvals import ask_second_person, needs_second_person
from marketplace.payments.steps.calls import close_call, open_call
from marketplace.payments.steps.debts import require_no_debt
from marketplace.payments.steps.fees import book_fee
from marketplace.payments.steps.refunds import is_protected, start_refund


@use_case
def ask_refund(*, actor: Actor, lot_public_id: str, money: Money, key: str) -> Refund | Approval:
    """Send `money` of a lot back to where it came from. The same `key` again answers with the same.

    Above the party's limit nothing moves yet: a second person must approve, and the Approval comes back.

    Raises NotFound for another's lot, RefundTooLarge, InDebt, Forbidden, KeyReused.
    """
    found = lock(Party.objects.filter(pk=actor.party_id), "party")
    lot = get_lot(lot_public_id)
    if not found or lot.held_in.party_id != actor.party_id:
        raise NotFound
    party = found[0]
    WALLET.authorise(actor, WalletAction.REFUND, party)
    refund_id, approval_id = new_id("rfd"), new_id("apv")
    waits = needs_second_person(party, money)
    request = {"lot": lot_public_id, "money": str(money)}
    result = approval_id if waits else refund_id
    if first := seen(actor=actor, operation="refund", key=key, request=request, result=result):
        return get_asked(first, Refund)
    require_no_debt(party.pk)
    if money.currency != lot.currency or money.amount_minor > lot.remaining_minor:
        raise RefundTooLarge(remaining=str(Money(lot.remaining_minor, lot.currency)))
    if waits:
        return ask_second_person(
            actor=actor,
            party=party,
            kind=Approval.Kind.REFUND,
            money=money,
            payload={"lot": lot_public_id, "public_id": refund_id},
            public_id=approval_id,
        )
    try:
        return start_refund(
            actor=actor, lot_public_id=lot_public_id, money=money, reason=Refund.Reason.ASKED, public_id=refund_id
        )
    except (LotExhausted, Overdraft) as error:
        raise RefundTooLarge(remaining=str(Money(lot.remaining_minor, lot.currency))) from error


@use_case
def open_refund_call(*, actor: Actor, public_id: str) -> tuple[Refund, str] | None:
    """Before the provider is asked: note the call and its key. None when there is nothing left to ask."""
    refund = _lock_refund(actor, public_id)
    if refund.state != RefundState.SUBMITTING:
        return None
    request = {"money": str(refund.money), "charge": refund.charge, "reference": public_id}
    return refund, open_call("refund", public_id, refund.epoch, request)


@use_case
def record_refused_refund(*, actor: Actor, public_id: str, key: str, code: str) -> Refund:
    """A definite no: the money is in the wallet again."""
    refund = _lock_refund(actor, public_id)
    close_call(key, answer={"code": code}, refused=True)
    if refund.state == RefundState.SUBMITTING:
        _returned(refund, code, actor)
    return refund


@use_case
def settle_refund(*, actor: Actor, public_id: str, answer: ProviderRefund, key: str = "") -> Refund:
    """Bring a refund to where the provider says it is; `key` is that of the call this answers, if it answers one."""
    WALLET.authorise(actor, WalletAction.RECORD)
    refund = _lock_refund(actor, public_id)
    if key:
        close_call(key, answer={"refund": answer.id, "status": answer.status})
    refund.checked_at = clock.now()
    refund.provider_refund = answer.id
    refund.save(update_fields=["checked_at", "provider_refund"])
    book_fee(refund, answer.fee)
    if answer.status == "succeeded" and REFUND.can(refund, "finish"):
        _done(refund, actor)
    elif answer.status == "failed" and REFUND.can(refund, "return"):
        _returned(refund, answer.failure, actor)
    elif answer.status == "pending" and REFUND.can(refund, "send"):
        move = REFUND.fire(refund, "send")
        refund.save(update_fields=["state"])
        record(RefundSent(aggregate=public_id, provider_refund=answer.id), by=actor, move=move)
    return refund


@use_case
def raise_refund_epoch(*, actor: Actor, public_id: str) -> None:
    """A look-up proved that nothing exists under the last key: the next call may carry a new one."""
    WALLET.authorise(actor, WalletAction.RECORD)
    refund = _lock_refund(actor, public_id)
    if refund.state == RefundState.SUBMITTING:
        refund.epoch += 1
        refund.save(update_fields=["epoch"])


@use_case
def send_refund_again(*, actor: Actor, public_id: str) -> Refund:
    """Finance staff: what the bank sent back to a contract's protected funds goes once more, as a refund of its own.

    Of a wallet's money its owner asks for it. Again: the same. Raises NothingToSendAgain, Forbidden, NotFound.
    """
    WALLET.authorise(actor, WalletAction.STAFF)
    refund = _lock_refund(actor, public_id)
    if there := Refund.objects.filter(again_of=refund).first():
        return there
    if refund.state != RefundState.RETURNED or not is_protected(refund):
        raise NothingToSendAgain
    return start_refund(
        actor=actor, lot_public_id=refund.lot.public_id, money=refund.money, reason=refund.reason, again_of=refund
    )


def _done(refund: Refund, actor: Actor) -> None:
    move = REFUND.fire(refund, "finish")
    refund.closed_at = clock.now()
    refund.save(update_fields=["state", "closed_at"])
    post(plans.refund_done(refund=refund.public_id, provider=refund.provider, money=refund.money))
    record(RefundDone(aggregate=refund.public_id), by=actor, move=move)


def _returned(refund: Refund, why: str, actor: Actor) -> None:
    was_done = refund.state == RefundState.DONE
    move = REFUND.fire(refund, "return")
    refund.failure, refund.closed_at = why[:80], clock.now()
    refund.save(update_fields=["state", "failure", "closed_at"])
    post(
        plans.refund_returned(
            refund=refund.public_id,
            out_of=(chart.world if was_done else chart.clearing)(refund.provider),
            source=account_of(refund.lot),
            lot_id=refund.lot_id,
            money=refund.money,
        )
    )
    record(RefundReturned(aggregate=refund.public_id, why=why), by=actor, move=move)


def _lock_refund(actor: Actor, public_id: str) -> Refund:
    scope = Refund.objects.all() if actor.is_system else Refund.objects.visible_to(actor)
    found = lock(scope.filter(public_id=public_id).select_related("party"), "refund")
    if not found:
        raise NotFound
    return found[0]
