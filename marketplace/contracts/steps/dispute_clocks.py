"""The clocks of a dispute: set and stopped in one place. Every length is shown beforehand, every end said before it."""

from datetime import datetime, timedelta

from marketplace.contracts.calendar import after_business_days
from marketplace.contracts.models import Contract, Dispute
from marketplace.core import clock
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step

REPLY_DAYS = 5  # business days of the contract's calendar; then silence speaks for the filer
MEDIATION = timedelta(days=30)  # at most (Upwork)
PROPOSAL_DAYS = 5  # business days in which both sides accept what the mediator proposes
APPEAL_DAYS = 5  # business days in which a decision moves nothing yet
SETTLE_DAYS = 5  # business days in which an appeal should be settled; then our desk is told every day
A_DAY = timedelta(days=1)

REPLY_SILENCE = "dispute.silence"
REPLY_REMIND = "dispute.reply_remind"
MEDIATION_OVER = "dispute.mediation_over"
MEDIATION_REMIND_7 = "dispute.mediation_remind_7"
MEDIATION_REMIND_1 = "dispute.mediation_remind_1"
PROPOSAL_OVER = "dispute.proposal_over"
PROPOSAL_REMIND = "dispute.proposal_remind"
APPEAL_OVER = "dispute.appeal_over"
APPEAL_REMIND = "dispute.appeal_remind"
APPEAL_WAITS = "dispute.appeal_waits"
OF_A_PROPOSAL = (PROPOSAL_OVER, PROPOSAL_REMIND)
OF_A_DISPUTE = (
    *(REPLY_SILENCE, REPLY_REMIND),
    *(MEDIATION_OVER, MEDIATION_REMIND_7, MEDIATION_REMIND_1),
    *OF_A_PROPOSAL,
    *(APPEAL_OVER, APPEAL_REMIND, APPEAL_WAITS),
)


def business_days(contract: Contract, days: int) -> datetime:
    """So many business days of the contract's calendar from now."""
    deal = contract.deal
    return after_business_days(clock.now(), days, calendar=deal.calendar, zone=deal.time_zone)


@step
def start_reply_clock(dispute: Dispute) -> None:
    schedule(REPLY_SILENCE, dispute.public_id, due_at=dispute.reply_by)
    schedule(REPLY_REMIND, dispute.public_id, due_at=dispute.reply_by - A_DAY)


@step
def start_mediation_clock(dispute: Dispute) -> None:
    dispute.mediate_by = clock.now() + MEDIATION
    schedule(MEDIATION_OVER, dispute.public_id, due_at=dispute.mediate_by)
    schedule(MEDIATION_REMIND_7, dispute.public_id, due_at=dispute.mediate_by - 7 * A_DAY)
    schedule(MEDIATION_REMIND_1, dispute.public_id, due_at=dispute.mediate_by - A_DAY)


@step
def start_proposal_clock(dispute: Dispute, answer_by: datetime) -> None:
    schedule(PROPOSAL_OVER, dispute.public_id, due_at=answer_by)
    schedule(PROPOSAL_REMIND, dispute.public_id, due_at=answer_by - A_DAY)


@step
def start_appeal_clock(dispute: Dispute) -> None:
    dispute.appeal_by = business_days(dispute.contract, APPEAL_DAYS)
    schedule(APPEAL_OVER, dispute.public_id, due_at=dispute.appeal_by)
    schedule(APPEAL_REMIND, dispute.public_id, due_at=dispute.appeal_by - A_DAY)


@step
def start_settling_clock(dispute: Dispute) -> None:
    dispute.settle_by = business_days(dispute.contract, SETTLE_DAYS)
    schedule(APPEAL_WAITS, dispute.public_id, due_at=dispute.settle_by)


@step
def ask_again_tomorrow(kind: str, dispute: Dispute) -> None:
    schedule(kind, dispute.public_id, due_at=clock.now() + A_DAY)


@step
def stop_dispute_clocks(dispute: Dispute, *kinds: str) -> None:
    """Those named, or all of them."""
    for kind in kinds or OF_A_DISPUTE:
        cancel(kind, dispute.public_id)
