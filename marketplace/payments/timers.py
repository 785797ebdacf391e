"""The clocks of a funding lot (unused money is announced at day 60 and goes back to its source at day 85), of an
approval and of a payout run (72 hours each), of what is held back from a payee or tried again, and of the answer to a
chargeback."""

from datetime import timedelta
from functools import partial

from django.conf import settings

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer
from marketplace.ledger.chart import Kind
from marketplace.ledger.selectors import get_lot
from marketplace.payments.events import (
    ApprovalClosed,
    EvidenceReminded,
    EvidenceWanted,
    LotAgeing,
    ProtectedLotDue,
    ReserveLapsed,
)
from marketplace.payments.machine import APPROVAL, EVIDENCE, PAYOUT, TRANSFER, PayoutRunState
from marketplace.payments.models import Approval, Chargeback, Payout, PayoutRun, Refund, Transfer
from marketplace.payments.steps.approvals import APPROVAL_EXPIRE
from marketplace.payments.steps.evidence import EVIDENCE_DUE, REMIND, hand_in
from marketplace.payments.steps.holds import LET_GO, RETRY, let_go, retry
from marketplace.payments.steps.lot_clocks import LOT_RETURN, LOT_WARN
from marketplace.payments.steps.payouts import PAYOUT_LET_GO, PAYOUT_RETRY, let_payout_go, retry_payout
from marketplace.payments.steps.planning import PAYOUT_RUN_LAPSE, cancel_run
from marketplace.payments.steps.refunds import start_refund
from marketplace.payments.steps.reserving import release_reserve


@on_timer(LOT_WARN)
def warn_of_unused_lot(aggregate: str, actor: Actor) -> None:
    lot = get_lot(aggregate)
    if lot.remaining_minor:
        goes_back = lot.charged_at + timedelta(days=settings.LOT_RETURN_DAYS)
        event = LotAgeing(
            aggregate=aggregate,
            remaining_minor=lot.remaining_minor,
            currency=lot.currency,
            goes_back_on=goes_back.date().isoformat(),
        )
        record(event, by=actor)


@on_timer(LOT_RETURN)
def return_unused_lot(aggregate: str, actor: Actor) -> None:
    party = lock(Party.objects.filter(pk=get_lot(aggregate).held_in.party_id), "party")[0]  # nobody spends it meanwhile
    lot = get_lot(aggregate)
    if not lot.remaining_minor:
        return
    if lot.held_in.kind == Kind.RESERVED:
        # Back into the wallet, where the part's own clock, due as well, sends it to its source.
        task = lot.held_in.code.partition(":")[2]
        money = release_reserve(party=party, task=task, currency=lot.currency)
        record(ReserveLapsed(aggregate=task, amount_minor=money.amount_minor, currency=money.currency), by=actor)
        return
    if lot.held_in.kind == Kind.PROTECTED:
        record(ProtectedLotDue(aggregate=aggregate, contract=lot.held_in.code.partition(":")[2]), by=actor)
        return
    money = Money(lot.remaining_minor, lot.currency)
    start_refund(actor=actor, lot_public_id=aggregate, money=money, reason=Refund.Reason.UNUSED)


@on_timer(LET_GO)
def let_transfer_go(aggregate: str, actor: Actor) -> None:
    for transfer in lock(Transfer.objects.filter(public_id=aggregate), "transfer"):
        if TRANSFER.can(transfer, "let_go"):
            let_go(transfer, by=actor)


@on_timer(RETRY)
def retry_transfer(aggregate: str, actor: Actor) -> None:
    for transfer in lock(Transfer.objects.filter(public_id=aggregate), "transfer"):
        if TRANSFER.can(transfer, "retry"):
            retry(transfer, by=actor)


@on_timer(PAYOUT_LET_GO)
def let_held_payout_go(aggregate: str, actor: Actor) -> None:
    for payout in lock(Payout.objects.filter(public_id=aggregate).select_related("party"), "payout"):
        if PAYOUT.can(payout, "let_go"):
            let_payout_go(payout, by=actor)


@on_timer(PAYOUT_RETRY)
def try_payout_again(aggregate: str, actor: Actor) -> None:
    for payout in lock(Payout.objects.filter(public_id=aggregate).select_related("party"), "payout"):
        if PAYOUT.can(payout, "retry"):
            retry_payout(payout, by=actor)


@on_timer(PAYOUT_RUN_LAPSE)
def cancel_unapproved_run(aggregate: str, actor: Actor) -> None:
    for run in lock(PayoutRun.objects.filter(public_id=aggregate, state=PayoutRunState.PLANNED), "payout_run"):
        cancel_run(run, by=actor, lapsed=True)


def remind_of_evidence(aggregate: str, actor: Actor, *, before: timedelta) -> None:
    for chargeback in lock(Chargeback.objects.filter(public_id=aggregate).select_related("evidence"), "chargeback"):
        if chargeback.is_standing and EVIDENCE.can(chargeback.evidence, "submit"):
            record(EvidenceWanted(aggregate=aggregate), by=actor)
            record(EvidenceReminded(aggregate=aggregate, days=before.days), by=actor)


for kind, before in REMIND.items():
    on_timer(kind)(partial(remind_of_evidence, before=before))


@on_timer(EVIDENCE_DUE)
def hand_evidence_in(aggregate: str, actor: Actor) -> None:
    """Unanswered it would be lost: what was gathered goes, as finance was told the day before."""
    for chargeback in lock(Chargeback.objects.filter(public_id=aggregate).select_related("evidence"), "chargeback"):
        if chargeback.is_standing and EVIDENCE.can(chargeback.evidence, "submit"):
            hand_in(chargeback.evidence, by=actor, by_clock=True)


@on_timer(APPROVAL_EXPIRE)
def expire_approval(aggregate: str, actor: Actor) -> None:
    for approval in lock(Approval.objects.filter(public_id=aggregate), "approval"):
        if APPROVAL.can(approval, "expire"):
            move = APPROVAL.fire(approval, "expire")
            approval.decided_at = clock.now()
            approval.save(update_fields=["state", "decided_at"])
            record(ApprovalClosed(aggregate=aggregate, how=move.target), by=actor, move=move)
