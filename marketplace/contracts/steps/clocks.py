"""The clocks of a contract and of its work: set, moved and stopped in one place. Every length is shown beforehand."""

from datetime import timedelta

from marketplace.contracts.calendar import after_business_days
from marketplace.contracts.machine import DeliverableState
from marketplace.contracts.models import Contract, Deliverable
from marketplace.core import clock
from marketplace.core.timers.schedule import cancel, schedule
from marketplace.core.tx import step

FUND_WITHIN = timedelta(hours=48)
BANK_DAYS = timedelta(days=3)  # until a transfer of the last hour is on a statement, over a weekend too
FUND_EXPIRE = "contract.fund_expire"
FUND_REMIND = {"contract.fund_remind_24": timedelta(hours=24), "contract.fund_remind_4": timedelta(hours=4)}

DUE = "deliverable.due"
DUE_REMIND = "deliverable.due_remind"
LATE = "deliverable.late"
AFTER_DUE = timedelta(hours=72)
REVIEW = "deliverable.review"
REVIEW_REMIND = {"deliverable.review_remind_24": timedelta(hours=24), "deliverable.review_remind_4": timedelta(hours=4)}
VERIFY = "deliverable.verify"
VERIFY_WITHIN = timedelta(hours=72)
VERIFY_REMIND = {"deliverable.verify_remind_24": timedelta(hours=24), "deliverable.verify_remind_4": timedelta(hours=4)}
STAY_UP = "deliverable.stay_up"
STAY_UP_EVERY = timedelta(days=1)
STAYED_UP = "deliverable.stayed_up"
OF_A_DELIVERABLE = (DUE, DUE_REMIND, LATE, REVIEW, *REVIEW_REMIND, VERIFY, *VERIFY_REMIND, STAY_UP, STAYED_UP)


@step
def start_funding_clock(contract: Contract) -> None:
    contract.fund_by = clock.now() + FUND_WITHIN
    schedule(FUND_EXPIRE, contract.public_id, due_at=contract.fund_by)
    for kind, before in FUND_REMIND.items():
        schedule(kind, contract.public_id, due_at=contract.fund_by - before)


@step
def stop_funding_clock(contract: Contract) -> None:
    for kind in (FUND_EXPIRE, *FUND_REMIND):
        cancel(kind, contract.public_id)


@step
def start_due_clock(deliverable: Deliverable) -> None:
    """Late from the end of the day on which it is due; a word of warning a day before."""
    schedule(DUE, deliverable.public_id, due_at=deliverable.due_at)
    remind_at = deliverable.due_at - timedelta(hours=24)
    if remind_at > clock.now():
        schedule(DUE_REMIND, deliverable.public_id, due_at=remind_at)


@step
def start_review_clock(deliverable: Deliverable) -> None:
    """Business days of the contract's calendar; then it is approved, if everything that guards that holds."""
    deal = deliverable.contract.deal
    deliverable.review_by = after_business_days(
        clock.now(), deal.review_days, calendar=deal.calendar, zone=deal.time_zone
    )
    _with_reminders(deliverable, REVIEW, REVIEW_REMIND, deliverable.review_by)


@step
def start_verify_clock(deliverable: Deliverable) -> None:
    deliverable.verify_by = clock.now() + VERIFY_WITHIN
    _with_reminders(deliverable, VERIFY, VERIFY_REMIND, deliverable.verify_by)


@step
def start_changes_clock(deliverable: Deliverable) -> None:
    """Silence after changes were asked for: late after 72 hours, or when it was due anyway, whichever is later."""
    schedule(DUE, deliverable.public_id, due_at=max(deliverable.due_at, clock.now() + AFTER_DUE))


@step
def restart_due_clock(deliverable: Deliverable) -> None:
    """By another day that both sides signed. What waits for its review or its check has a clock of its own."""
    if deliverable.state == DeliverableState.PLANNED:
        stop_clocks(deliverable, DUE, DUE_REMIND)
        start_due_clock(deliverable)
    elif deliverable.state == DeliverableState.CHANGES_REQUESTED:
        start_changes_clock(deliverable)
    elif deliverable.state == DeliverableState.APPROVED and deliverable.is_public:
        start_publishing_clock(deliverable)


@step
def start_publishing_clock(deliverable: Deliverable) -> None:
    """What is approved is due in public when the window closes, and in 72 hours at least."""
    deal = deliverable.contract.deal
    closes = clock.start_of(deal.publish_until + timedelta(days=1), deal.time_zone)
    schedule(DUE, deliverable.public_id, due_at=max(closes, clock.now() + AFTER_DUE))


@step
def start_late_clock(deliverable: Deliverable) -> None:
    """72 hours more; then the merchant may end the contract with a full refund."""
    schedule(LATE, deliverable.public_id, due_at=clock.now() + AFTER_DUE)


@step
def start_stay_up_clock(deliverable: Deliverable) -> None:
    """Looked at every day until it has stayed up as long as agreed; then what was kept back is released."""
    if deliverable.link:
        schedule(STAY_UP, deliverable.public_id, due_at=clock.now() + STAY_UP_EVERY)
    zone = deliverable.contract.deal.time_zone
    until = clock.start_of(deliverable.stay_up_until + timedelta(days=1), zone)
    schedule(STAYED_UP, deliverable.public_id, due_at=until)


@step
def stop_clocks(deliverable: Deliverable, *kinds: str) -> None:
    """Those named, or all of them."""
    for kind in kinds or OF_A_DELIVERABLE:
        cancel(kind, deliverable.public_id)


def _with_reminders(deliverable: Deliverable, kind: str, reminders: dict[str, timedelta], due_at) -> None:
    schedule(kind, deliverable.public_id, due_at=due_at)
    for name, before in reminders.items():
        if due_at - before > clock.now():
            schedule(name, deliverable.public_id, due_at=due_at - before)


@step
def restart_clocks(deliverable: Deliverable) -> None:
    """After a dispute that was taken back: each clock begins anew, so that nobody loses the time of the quarrel."""
    if deliverable.state == DeliverableState.SUBMITTED:
        start_review_clock(deliverable)
    elif deliverable.state == DeliverableState.PUBLISHED:
        start_verify_clock(deliverable)
    elif deliverable.state == DeliverableState.OVERDUE:
        start_late_clock(deliverable)
    else:
        start_changes_clock(deliverable)
    deliverable.save(update_fields=["review_by", "verify_by"])


@step
def restart_stay_up_clock(deliverable: Deliverable) -> None:
    """Of what is verified; that a day has passed meanwhile changes nothing."""
    if deliverable.stay_up_until is not None:
        start_stay_up_clock(deliverable)


@step
def put_review_off(deliverable: Deliverable) -> None:
    """A day and an hour more, so that both reminders fit in."""
    deliverable.review_by = clock.now() + timedelta(hours=25)
    _with_reminders(deliverable, REVIEW, REVIEW_REMIND, deliverable.review_by)
