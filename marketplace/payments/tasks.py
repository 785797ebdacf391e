"""The clock's part in payments."""

from celery import shared_task

from marketplace.core import clock
from marketplace.payments.flows.chargebacks import resolve_chargebacks
from marketplace.payments.flows.inbox import backfill
from marketplace.payments.flows.look_after import look_after_payees
from marketplace.payments.flows.pay_out import post_runs, run_weekly_payouts
from marketplace.payments.flows.reconcile import ask_for_all
from marketplace.payments.flows.refresh import learn_fees, resolve_unknown
from marketplace.payments.flows.take_back import resolve_reversals
from marketplace.payments.gateways import configured

SUNDAY = 6


@shared_task
def resolve_unknown_outcomes() -> None:
    resolve_unknown()
    resolve_chargebacks()
    resolve_reversals()
    learn_fees()


@shared_task
def look_after() -> None:
    look_after_payees()


@shared_task
def pay_out_weekly() -> None:
    run_weekly_payouts()


@shared_task
def post_payout_runs() -> None:
    post_runs()


@shared_task
def reconcile_nightly() -> None:
    """Every night what is new; on Sundays from the beginning, which also finds what has gone."""
    ask_for_all(whole=clock.today().weekday() == SUNDAY)


@shared_task
def backfill_webhooks() -> None:
    for name in configured():
        backfill(name)
