"""Waking the worker. Only a hint: what is due is in rows, and the worker looks by itself twice a second."""

import threading

_something_is_due = threading.Event()


def worker() -> None:
    """Say that something fell due just now."""
    _something_is_due.set()


def wait(seconds: float) -> None:
    """Sleep until nudged, or for so long."""
    _something_is_due.wait(seconds)
    _something_is_due.clear()
