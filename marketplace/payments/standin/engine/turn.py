"""One writer of history at a time."""

from django.db import connection

_TURN = 0x6D6F6F72


def take() -> None:
    """Wait for the turn to write history, kept until the transaction ends.

    Ids of events and legs are given out before their transaction commits. Without a turn, a reader could see number 8
    before number 7 exists, move its cursor on, and never see 7. Always the last lock that a transaction takes.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_TURN])
