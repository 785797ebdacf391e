"""While somebody tells the past, the sweep waits: what was due then is fired by the teller, at that day's time."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

KEY = 7_204_731  # of an advisory lock of the session: it is gone when its process is


@contextmanager
def sweep_held() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [KEY])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [KEY])


def sweep_is_held() -> bool:
    """By another session than this one."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock_shared(%s)", [KEY])
        if not cursor.fetchone()[0]:
            return True
        cursor.execute("SELECT pg_advisory_unlock_shared(%s)", [KEY])
        return False
