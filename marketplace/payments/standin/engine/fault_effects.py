"""What a drawn fault does around a call: before it, during its effect, and to its answer."""

import time
from collections.abc import Callable
from typing import TypeVar

from django.conf import settings
from django.db import connection, transaction

from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.faults import Fault

LONGEST_HOLD = 300
Result = TypeVar("Result")


class HangUp(Exception):
    """The connection ends here, with no usable answer."""


class RateLimited(Refusal):
    """Too many calls; come back after `retry_after` seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("rate_limited", "Too many requests.", status=429, retryable=True)
        self.retry_after = retry_after


def before(fault: Fault) -> None:
    """Ends the call before it had any effect, if that is the plan. None of these answers is remembered."""
    match fault.action:
        case "refuse_connect":
            raise Refusal("unavailable", "The bank is closed for a moment.", status=503, retryable=True)
        case "rate_limit_429":
            raise RateLimited(fault.argument or 1)
        case "error_500_before":
            raise broken()
        case "timeout_before" | "drop_before":
            hang_up(fault)


def during(fault: Fault, effect: Callable[[], Result]) -> Result:
    """Run the effect in a savepoint, and break it inside or just behind it if that is the plan."""
    if fault.action == "slow":
        time.sleep(min(fault.argument or 0, LONGEST_HOLD * 1000) / 1000)
    with transaction.atomic():
        result = effect()
        if fault.action == "error_500_during":
            raise broken()
    if fault.action == "error_500_after":
        raise broken()
    return result


def after(fault: Fault) -> None:
    """Ends the call behind its committed effect, if that is the plan."""
    if fault.action in ("timeout_after", "drop_after"):
        hang_up(fault)


def broken() -> Refusal:
    """The bank's own failure, as its callers see it."""
    return Refusal("internal_error", "Something broke at the bank.", status=500, retryable=True)


def hang_up(fault: Fault) -> None:
    """Hold the line for as long as planned, then end it. No database connection is kept meanwhile."""
    connection.close()
    if fault.action.startswith("timeout"):
        time.sleep(min(fault.argument or settings.STANDIN.hold_seconds, LONGEST_HOLD))
    raise HangUp
