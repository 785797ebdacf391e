"""What follows from a payout run and from the pause: finance is told whom it waits for, and what may go is posted."""

from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify
from marketplace.payments.events import (
    PayoutRunApproved,
    PayoutRunApprovedOnce,
    PayoutRunCancelled,
    PayoutRunHandedOn,
    PayoutRunPlanned,
    PayoutsResumed,
)
from marketplace.payments.flows.pay_out import carry_out, go_on
from marketplace.payments.models import PayoutRun
from marketplace.payments.selectors.finance import finance_staff


@handles(PayoutRunApproved, PayoutRunHandedOn, reaches_outside=True)
def post_run(event: Event) -> None:
    carry_out(event.aggregate)


@handles(PayoutsResumed, reaches_outside=True)
def go_on_after_a_pause(_event: Event) -> None:
    go_on()


@handles(PayoutRunPlanned)
def tell_finance_that_a_run_waits(event: Event) -> None:
    if not event.data["alone"]:
        _tell(event, "payout_run_waits")


@handles(PayoutRunApprovedOnce)
def tell_finance_that_a_second_is_wanted(event: Event) -> None:
    run = PayoutRun.objects.select_related("first_by").get(public_id=event.aggregate)
    _tell(event, "payout_run_second", but_for=run.first_by_id)


@handles(PayoutRunCancelled)
def tell_finance_that_a_run_lapsed(event: Event) -> None:
    if event.data["lapsed"]:
        _tell(event, "payout_run_lapsed")


def _tell(event: Event, kind: str, but_for: int | None = None) -> None:
    run = PayoutRun.objects.select_related("first_by").get(public_id=event.aggregate)
    sums = run.totals.order_by("provider", "currency")
    facts = {
        "sums": ", ".join(str(Money(total.amount_minor, total.currency)) for total in sums),
        "name": str(run.first_by) if run.first_by else "",
        "until": f"{run.expires_at:%Y-%m-%d %H:%M} UTC",
    }
    others = [user for user in finance_staff() if user.pk != but_for]
    notify(others, kind, facts=facts, path=f"/admin/payments/payoutrun/{run.pk}/change/")
