"""The call that brings something about: events remember it."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

_cause: ContextVar[dict[str, str]] = ContextVar("cause", default={})  # noqa: B039  (never changed, only replaced)


def current() -> dict[str, str]:
    """`{request, idempotency_key}` of the running call; empty for what happens by itself."""
    return _cause.get()


@contextmanager
def of(request: str, idempotency_key: str) -> Iterator[None]:
    """What happens in here is this call's doing."""
    token = _cause.set({"request": request, "idempotency_key": idempotency_key})
    try:
        yield
    finally:
        _cause.reset(token)
