"""A dispute about one deliverable: opened, answered, decided. Its amount stands still meanwhile, nothing else does."""

from marketplace.accounts.models import User
from marketplace.contracts.calendar import after_business_days
from marketplace.contracts.errors import NothingToDispute
from marketplace.contracts.events import CancellationClosed, DisputeAnswered, DisputeOpened, DisputeSettled
from marketplace.contracts.machine import CANCELLATION, CONTRACT, DISPUTE, CancellationState, ContractState
from marketplace.contracts.models import Cancellation, Contract, Dispute, Release, Return
from marketplace.contracts.policies import CONTRACT_POLICY, ContractAction
from marketplace.contracts.steps.clocks import restart_clocks, stop_clocks
from marketplace.contracts.steps.ending import CANCEL_SILENCE, side_of
from marketplace.contracts.steps.extra_rounds import disputed_minor, lapse_asked_round, split_rounds
from marketplace.contracts.steps.locks import lock_contract, lock_deliverable
from marketplace.contracts.steps.releasing import give_back, release
from marketplace.contracts.steps.working import complete_when_done, lock_work, void
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.locks import lock
from marketplace.core.record import record
from marketplace.core.timers.schedule import cancel as stop_timer
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import use_case

REPLY_DAYS = 5  # business days of the contract's calendar; then silence speaks for the filer
REPLY_SILENCE = "dispute.silence"


@use_case
def open_dispute(*, actor: Actor, deliverable_public_id: str, words: str, anchor_bp: int) -> Dispute:
    """Freeze what a deliverable releases, bought rounds included, and say what happened; `anchor_bp` is the share asked
    for the anchor.

    Raises NothingToDispute, IllegalTransition, Forbidden.
    """
    deliverable = lock_deliverable(actor, deliverable_public_id)
    contract = deliverable.contract
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    amount_minor = disputed_minor(deliverable)
    if not deliverable.is_open or not amount_minor:
        raise NothingToDispute
    _end_cancellation(contract, actor)
    move = CONTRACT.fire(contract, "dispute")
    contract.save(update_fields=["state"])
    stop_clocks(deliverable)
    lapse_asked_round(deliverable, by=actor)
    deal = contract.deal
    dispute = Dispute.objects.create(
        contract=contract,
        deliverable=deliverable,
        side=side_of(actor, contract),
        by_id=actor.user_id,
        amount_minor=amount_minor,
        anchor_bp=anchor_bp,
        words=words.strip(),
        opened_at=clock.now(),
        reply_by=after_business_days(clock.now(), REPLY_DAYS, calendar=deal.calendar, zone=deal.time_zone),
    )
    schedule(REPLY_SILENCE, dispute.public_id, due_at=dispute.reply_by)
    event = DisputeOpened(
        aggregate=contract.public_id,
        dispute=dispute.public_id,
        amount_minor=dispute.amount_minor,
        currency=contract.currency,
    )
    record(event, by=actor, move=move)
    return dispute


@use_case
def answer_dispute(*, actor: Actor, public_id: str, words: str, anchor_bp: int) -> Dispute:
    """The other side's account, with the split that it would accept."""
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    if side_of(actor, contract) == dispute.side:
        raise Forbidden(action="answer_dispute")
    DISPUTE.fire(dispute, "reply")
    dispute.reply, dispute.reply_bp, dispute.replied_at = words.strip(), anchor_bp, clock.now()
    dispute.save(update_fields=["state", "reply", "reply_bp", "replied_at"])
    stop_timer(REPLY_SILENCE, public_id)
    record(DisputeAnswered(aggregate=contract.public_id, dispute=public_id, by_clock=False), by=actor)
    return dispute


@use_case
def withdraw_dispute(*, actor: Actor, public_id: str) -> Contract:
    """The filer takes it back: its clocks run again, in full."""
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DISPUTE, contract)
    if side_of(actor, contract) != dispute.side:
        raise Forbidden(action="withdraw_dispute")
    DISPUTE.fire(dispute, "withdraw")
    _close(dispute)
    restart_clocks(dispute.deliverable)
    _settle(contract, dispute, actor, how="withdrawn", anchor_minor=0, merchant_minor=0)
    return contract


@use_case
def decide_dispute(*, actor: Actor, public_id: str, anchor_bp: int, reasons: str) -> Contract:
    """Staff split the frozen amount: the anchor's part is released, the rest goes back to its source."""
    contract, dispute = lock_dispute(actor, public_id)
    CONTRACT_POLICY.authorise(actor, ContractAction.DECIDE, contract)
    DISPUTE.fire(dispute, "decide")
    dispute.decided_bp, dispute.decision, dispute.decided_by = anchor_bp, reasons.strip(), _person(actor)
    _close(dispute)
    share = dispute.deliverable.releases_minor
    to_anchor = share * anchor_bp // 10_000
    to_merchant = share - to_anchor
    release(contract, by=actor, gross_minor=to_anchor, why=Release.Why.DISPUTE, deliverable=dispute.deliverable)
    give_back(contract, by=actor, gross_minor=to_merchant, why=Return.Why.DISPUTE)
    to_anchor_too, to_merchant_too = split_rounds(dispute.deliverable, anchor_bp, by=actor)
    void(dispute.deliverable, by=actor)
    _settle(
        contract,
        dispute,
        actor,
        how="decided",
        anchor_minor=to_anchor + to_anchor_too,
        merchant_minor=to_merchant + to_merchant_too,
    )
    return contract


def lock_dispute(actor: Actor, public_id: str) -> tuple[Contract, Dispute]:
    """With its contract and its deliverable, locked in this order."""
    scope = Dispute.objects.all() if actor.is_system else Dispute.objects.visible_to(actor)
    found = scope.filter(public_id=public_id).values_list("contract__public_id", "deliverable_id").first()
    if found is None:
        raise NotFound
    contract = lock_contract(actor, found[0])
    work = {one.pk: one for one in lock_work(contract)}
    dispute = lock(Dispute.objects.filter(public_id=public_id), "dispute")[0]
    dispute.contract, dispute.deliverable = contract, work[found[1]]
    return contract, dispute


def _settle(
    contract: Contract, dispute: Dispute, actor: Actor, *, how: str, anchor_minor: int, merchant_minor: int
) -> None:
    move = CONTRACT.fire(contract, "settle")
    contract.save(update_fields=["state"])
    event = DisputeSettled(
        aggregate=contract.public_id,
        dispute=dispute.public_id,
        how=how,
        anchor_minor=anchor_minor,
        merchant_minor=merchant_minor,
        currency=contract.currency,
    )
    record(event, by=actor, move=move)
    complete_when_done(contract, by=actor)


def _close(dispute: Dispute) -> None:
    dispute.closed_at = clock.now()
    dispute.save()
    stop_timer(REPLY_SILENCE, dispute.public_id)


def _end_cancellation(contract: Contract, actor: Actor) -> None:
    """What is disputed is not silently agreed on: a request to end it must be asked anew afterwards."""
    if contract.state != ContractState.CANCEL_REQUESTED:
        return
    open_ones = Cancellation.objects.filter(contract=contract, state=CancellationState.REQUESTED)
    for asked in lock(open_ones, "cancellation"):
        CANCELLATION.fire(asked, "refuse")
        asked.closed_at = clock.now()
        asked.save(update_fields=["state", "closed_at"])
        stop_timer(CANCEL_SILENCE, asked.public_id)
        record(CancellationClosed(aggregate=contract.public_id, how="disputed"), by=actor)


def _person(actor: Actor) -> User:
    return User.objects.get(pk=actor.user_id)
