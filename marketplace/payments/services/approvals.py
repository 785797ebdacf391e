"""A second person decides about a money action above the party's limit; an owner sets that limit."""

from marketplace.accounts.models import Party
from marketplace.accounts.steps.parties import lock_own_party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.ids import new_id
from marketplace.core.locks import lock
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel
from marketplace.core.tx import use_case
from marketplace.ledger.errors import LotExhausted, Overdraft
from marketplace.payments.errors import NoSecondPerson, OwnRequest, RefundTooLarge
from marketplace.payments.events import ApprovalClosed, ApprovalGranted
from marketplace.payments.machine import APPROVAL
from marketplace.payments.models import Approval, ApprovalLimit
from marketplace.payments.policies import WALLET, WalletAction
from marketplace.payments.steps.approvals import (
    APPROVAL_EXPIRE,
    ask_second_person,
    carry_out,
    change_limit,
    has_second_person,
)

NEEDED = {
    Approval.Kind.TOP_UP: WalletAction.TOP_UP,
    Approval.Kind.REFUND: WalletAction.REFUND,
    Approval.Kind.CONTRACT: WalletAction.TOP_UP,
    Approval.Kind.ROUND: WalletAction.TOP_UP,
    Approval.Kind.AMENDMENT: WalletAction.TOP_UP,
    Approval.Kind.LIMIT: WalletAction.REFUND,  # not an owner's alone: two owners are rare, and finance is the check
}


@use_case
def approve(*, actor: Actor, public_id: str) -> Approval:
    """Allow and carry out what a colleague asked for, at once and in one transaction.

    Raises OwnRequest, Forbidden, IllegalTransition, RefundTooLarge; then nothing has changed.
    """
    approval, party = _lock_approval(actor, public_id)
    WALLET.authorise(actor, NEEDED[Approval.Kind(approval.kind)], party)
    if approval.asked_by_id == actor.user_id:
        raise OwnRequest(action="approve")
    move = APPROVAL.fire(approval, "approve")
    try:
        approval.result = carry_out(approval, by=actor)
    except (LotExhausted, Overdraft) as error:
        raise RefundTooLarge(remaining=str(Money(0, approval.currency))) from error
    _decided(approval, actor)
    record(ApprovalGranted(aggregate=public_id, result=approval.result), by=actor, move=move)
    return approval


@use_case
def decline(*, actor: Actor, public_id: str) -> Approval:
    """The second person says no; the asker takes it back. Nothing has moved."""
    approval, party = _lock_approval(actor, public_id)
    WALLET.authorise(actor, NEEDED[Approval.Kind(approval.kind)], party)
    move = APPROVAL.fire(approval, "withdraw" if approval.asked_by_id == actor.user_id else "decline")
    _decided(approval, actor)
    record(ApprovalClosed(aggregate=public_id, how=move.target), by=actor, move=move)
    return approval


@use_case
def set_limit(*, actor: Actor, currency: str, limit_minor: int | None) -> Approval | None:
    """Set or lower the limit above which a second person approves: at once. Raising it, or taking it away, is itself
    a money action that a second person approves; the Approval comes back.

    Raises NoSecondPerson when nobody else could ever approve, Forbidden.
    """
    party = lock_own_party(actor)
    WALLET.authorise(actor, WalletAction.LIMIT, party)
    if not has_second_person(party, actor.user_id):
        raise NoSecondPerson
    present = ApprovalLimit.objects.filter(party=party, currency=currency).first()
    if limit_minor == (present.limit_minor if present else None):
        return None
    loosens = present is not None and (limit_minor is None or limit_minor > present.limit_minor)
    if not loosens:
        change_limit(actor=actor, party=party, currency=currency, limit_minor=limit_minor)
        return None
    return ask_second_person(
        actor=actor,
        party=party,
        kind=Approval.Kind.LIMIT,
        money=Money(limit_minor or 0, currency),
        payload={"limit_minor": limit_minor},
        public_id=new_id("apv"),
    )


def _decided(approval: Approval, actor: Actor) -> None:
    approval.decided_by_id, approval.decided_at = actor.user_id, clock.now()
    approval.save(update_fields=["state", "decided_by", "decided_at", "result"])
    cancel(APPROVAL_EXPIRE, approval.public_id)


def _lock_approval(actor: Actor, public_id: str) -> tuple[Approval, Party]:
    party = lock_own_party(actor)
    found = lock(Approval.objects.visible_to(actor).filter(public_id=public_id).select_related("party"), "approval")
    if not found:
        raise NotFound
    return found[0], party
