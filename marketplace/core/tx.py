"""The shape of every write: one use case, one transaction; steps run inside somebody's transaction."""

import functools
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, ParamSpec, TypeVar

from django.db import OperationalError, connection, transaction
from psycopg import errors as pg

from marketplace.core import faults, locks
from marketplace.core.round_trip import StatementForgotten

P = ParamSpec("P")
R = TypeVar("R")

ATTEMPTS = 4
# The database says "try the whole transaction again" and nothing has happened.
RETRYABLE = (pg.DeadlockDetected, pg.SerializationFailure, StatementForgotten)


Around = Callable[[Callable[[], Any]], Any]
_around: ContextVar[Around | None] = ContextVar("around", default=None)


@contextmanager
def inside(around: Around) -> Iterator[None]:
    """What a surface adds to the transaction of the use case that it calls: `around` is given the use case's work."""
    before = _around.set(around)
    try:
        yield
    finally:
        _around.reset(before)


class OutsideTransaction(RuntimeError):
    """A step was called without the use case that should stand around it."""


def use_case(function: Callable[P, R]) -> Callable[P, R]:
    """One whole action of one actor: atomic, durable, checked before it leaves, retried when the database asks.

    Called only by surfaces and flows. A use case never calls a use case (`durable` raises); what two share is a step.
    """

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        point = f"commit:{function.__module__.removeprefix('marketplace.')}.{function.__name__}"
        for attempt in range(1, ATTEMPTS + 1):
            try:
                with transaction.atomic(durable=True):
                    locks.forget()
                    around = _around.get()
                    work = functools.partial(function, *args, **kwargs)
                    result = work() if around is None else around(work)
                    if connection.savepoint_ids:  # a test's transaction around ours: see what a commit would see
                        check_deferred_constraints()
                    faults.reach(f"{point}:before")
                faults.reach(f"{point}:after")
            except OperationalError as error:
                if attempt == ATTEMPTS or not isinstance(error.__cause__, RETRYABLE):
                    raise
                time.sleep(0.01 * 2**attempt + secrets.randbelow(20) / 1000)
            else:
                return result
        raise AssertionError("unreachable")

    run.is_use_case = True
    return run


def check_deferred_constraints() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def step(function: Callable[P, R]) -> Callable[P, R]:
    """A building block that only makes sense inside a use case's transaction."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        if not connection.in_atomic_block:
            raise OutsideTransaction(f"{function.__qualname__} runs inside a use case")
        return function(*args, **kwargs)

    return run
