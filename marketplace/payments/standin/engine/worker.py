"""What happens by itself: slow payments settle, forgotten checkouts expire, webhooks go out.

Everything due is a row; the worker remembers nothing and may be killed at any line.
"""

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import httpx
from django.db import DatabaseError, connection

from marketplace.payments.standin.engine import checkouts, clock, deliveries, nudge, payouts, refunds, sender
from marketplace.payments.standin.engine.acquirer import connected, disputes, sessions
from marketplace.payments.standin.engine.acquirer import payouts as connected_payouts
from marketplace.payments.standin.engine.acquirer import refunds as card_refunds
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.models import Delivery

LOOKS_EVERY_SECONDS = 0.5
SENDS_AT_ONCE = 4
log = logging.getLogger(__name__)


def start_in_background() -> threading.Thread:
    """Run beside the pages, in the same process."""
    thread = threading.Thread(target=run_forever, name="bank-worker", daemon=True)
    thread.start()
    return thread


def run_forever() -> None:
    """Work until the process ends. A database that went away is a pause, not an end."""
    with (
        httpx.Client(timeout=sender.PATIENCE_SECONDS, follow_redirects=False, trust_env=False) as client,
        ThreadPoolExecutor(SENDS_AT_ONCE, thread_name_prefix="bank-sender") as pool,
    ):
        while True:
            try:
                idle = not work_once(client, pool)
            except DatabaseError as error:
                log.warning("the database is away: %s", error)
                idle = True
            except Exception:
                # A worker that dies in silence looks like a bank that loses webhooks.
                log.exception("the worker stumbled")
                idle = True
            finally:
                connection.close()
            if idle:
                nudge.wait(LOOKS_EVERY_SECONDS)


def work_once(client: httpx.Client, pool: ThreadPoolExecutor) -> bool:
    """Do what is due now; whether there was anything."""
    moment = clock.now()
    swept = [
        _sweep(checkouts.settle, checkouts.due_to_settle(moment)),
        _sweep(refunds.settle, refunds.due_to_settle(moment)),
        _sweep(payouts.settle, payouts.due_to_settle(moment)),
        _sweep(checkouts.expire, checkouts.due_to_expire(moment)),
        _sweep(sessions.settle, sessions.due_to_settle(moment)),
        _sweep(card_refunds.settle, card_refunds.due_to_settle(moment)),
        _sweep(connected_payouts.settle, connected_payouts.due_to_settle(moment)),
        _sweep(sessions.sweep, sessions.due_to_expire(moment)),
        _sweep(connected.sweep, connected.overdue(moment)),
        _sweep(disputes.sweep, disputes.overdue(moment)),
        _sweep(connected_payouts.pay_out_all, connected_payouts.due_by_schedule(moment)),
    ]
    claimed = deliveries.claim()
    list(pool.map(lambda delivery: _send(delivery, client), claimed))
    return any(swept) or bool(claimed)


def _sweep(step: Callable[[str], object], public_ids: list[str]) -> bool:
    for public_id in public_ids:
        try:
            step(public_id)
        except Refusal as refusal:
            # Somebody else was quicker; the row has moved on.
            log.info("%s: %s", public_id, refusal)
    return bool(public_ids)


def _send(delivery: Delivery, client: httpx.Client) -> None:
    try:
        sender.send(delivery, client)
    finally:
        connection.close()
