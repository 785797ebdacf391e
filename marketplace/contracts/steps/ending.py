"""Carrying out the end of a contract that was agreed on, or that silence agreed to."""

from collections.abc import Sequence

from marketplace.contracts.events import CancellationClosed, ContractCancelled
from marketplace.contracts.kill_fee import KillFee, Stage, kill_fee, rate_of, stage_of
from marketplace.contracts.machine import CONTRACT
from marketplace.contracts.models import Cancellation, Contract, Deliverable, Release, Return, Side
from marketplace.contracts.policies import anchor_side
from marketplace.contracts.steps.extra_rounds import settle_rounds
from marketplace.contracts.steps.releasing import give_back, release, unsettled_minor
from marketplace.contracts.steps.working import complete_when_done, void
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import step

CANCEL_SILENCE = "cancellation.silence"


def side_of(actor: Actor, contract: Contract) -> Side:
    """The anchor's agency is on her side."""
    return Side.ANCHOR if anchor_side(actor, contract) else Side.MERCHANT


def cost_of_ending(contract: Contract, work: Sequence[Deliverable], side: Side) -> KillFee:
    """What it would cost now, if `side` asked: shown before anybody asks, and frozen when she does."""
    stage = stage_of(work) if side == Side.MERCHANT else Stage.ANCHOR_ASKS
    return kill_fee(
        work,
        stage=stage,
        rate_bp=rate_of(stage, contract.deal),
        unsettled_minor=unsettled_minor(contract),
        asked_at=clock.now(),
    )


def cost_of_lateness(contract: Contract, work: Sequence[Deliverable], stage: Stage = Stage.ANCHOR_LATE) -> KillFee:
    """What it would cost now, if the merchant ended it because nothing came, or nobody: what is out already, and what
    was only kept back.
    """
    return kill_fee(
        work,
        stage=stage,
        rate_bp=0,
        unsettled_minor=unsettled_minor(contract),
        asked_at=clock.now(),
    )


@step
def carry_out(contract: Contract, asked: Cancellation, work: Sequence[Deliverable], *, by: Actor, how: str) -> None:
    """The kill fee to the payees, and further rounds that were used; the rest back to where it came from. Never more
    than what is still unsettled: what was delivered while the question stood has been released meanwhile. The caller
    has locked contract and work.
    """
    open_work = [one for one in work if one.is_open]
    if not open_work:
        move = CONTRACT.fire(contract, "go_on")
        contract.save(update_fields=["state"])
        record(CancellationClosed(aggregate=contract.public_id, how="delivered"), by=by, move=move)
        complete_when_done(contract, by=by)
        return
    due = kill_fee(
        open_work,
        stage=Stage(asked.stage),
        rate_bp=asked.rate_bp,
        unsettled_minor=unsettled_minor(contract),
        asked_at=asked.asked_at,
    )
    fee = min(asked.kill_fee_minor, due.minor)
    release(contract, by=by, gross_minor=fee, why=Release.Why.KILL_FEE)
    refunded = give_back(contract, by=by, gross_minor=unsettled_minor(contract), why=Return.Why.CANCELLED)
    rounds, rounds_back = settle_rounds(contract, open_work, by=by, why=Return.Why.CANCELLED)
    for one in open_work:
        void(one, by=by)
    move = CONTRACT.fire(contract, "cancel")
    contract.closed_at = clock.now()
    contract.save(update_fields=["state", "closed_at"])
    event = ContractCancelled(
        aggregate=contract.public_id,
        subject=contract.subject,
        how=how,
        kill_fee_minor=fee,
        rounds_minor=rounds,
        refunded_minor=(refunded + rounds_back).amount_minor,
        currency=contract.currency,
    )
    record(event, by=by, move=move)
