"""Looking at the switch that pauses all payouts, so that nobody turns it before what was decided by it is written."""

from django.db import connection

from marketplace.core import locks
from marketplace.core.tx import step
from marketplace.payments.errors import PayoutsPaused
from marketplace.payments.machine import PayoutState, TransferState
from marketplace.payments.models import Payout, PayoutPause, Transfer
from marketplace.payments.selectors.pausing import find_pause

KEY = 7_204_732  # of an advisory lock: there is no row to lock before somebody first paused


@step
def pause_that_holds() -> PayoutPause | None:
    """As of now and until this transaction ends. Many look at once; whoever turns the switch waits for them."""
    _take("pg_advisory_xact_lock_shared")
    return find_pause()


@step
def refuse_while_paused() -> None:
    """Raises PayoutsPaused."""
    if pause_that_holds():
        raise PayoutsPaused


@step
def stop(waiting: Transfer | Payout, pending: TransferState | PayoutState) -> None:
    """It would have gone now: it is looked at again when payouts go on. What the provider was asked before the pause
    stays in the hands of whoever asks how it went."""
    if waiting.state == pending and not waiting.stopped:
        waiting.stopped = True
        waiting.save(update_fields=["stopped"])


@step
def hold_the_switch() -> None:
    """Nobody else looks at it or turns it until this transaction ends."""
    _take("pg_advisory_xact_lock")


def _take(function: str) -> None:
    locks.take("pause")
    with connection.cursor() as cursor:  # a statement of its own: what is read next was written by then
        cursor.execute(f"SELECT {function}(%s)", [KEY])
