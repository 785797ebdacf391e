"""One call of a database function in one round trip, with the transaction's BEGIN in front of it.

psycopg holds BEGIN back until a transaction's first statement, and then waits for its answer before it sends the
statement. Here both leave together, in libpq's pipeline mode. Nothing else changes: a call that fails aborts the
transaction, and the connection is good for the next one. Only for what is called thousands of times a second.

Not prepared by name: psycopg says DEALLOCATE ALL when it likes, and a forgotten name would fail a posting.
"""

import functools
from collections.abc import Sequence

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import errors, generators, pq
from psycopg.abc import PQGen
from psycopg.pq.abc import PGconn, PGresult


def call(function: str, values: Sequence[str | None]) -> PGresult:
    """`SELECT * FROM function(values…)` in the current transaction. Raises Django's database errors."""
    django = connections[DEFAULT_DB_ALIAS]  # looked up once: `connection` looks it up for each attribute
    django.validate_no_broken_transaction()
    raw = django.connection
    with django.wrap_database_errors:
        encoded = [None if value is None else encode(value) for value in values]
        with raw.lock:
            return raw.wait(exchange(raw.pgconn, select(function, len(values)), encoded))


@functools.cache
def select(function: str, count: int) -> bytes:
    places = ", ".join(f"${number}" for number in range(1, count + 1))
    return f"SELECT * FROM {function}({places})".encode()  # noqa: S608  the name is the program's own


def encode(value: str) -> bytes:
    if "\0" in value:  # libpq would read up to it and leave out the rest
        raise psycopg.DataError("PostgreSQL text cannot contain NUL")
    return value.encode()


def exchange(pgconn: PGconn, statement: bytes, values: Sequence[bytes | None]) -> PQGen[PGresult]:
    begin = pgconn.transaction_status == pq.TransactionStatus.IDLE
    results: list[PGresult] = []
    pgconn.enter_pipeline_mode()
    try:
        if begin:
            pgconn.send_query_params(b"BEGIN", None)
        pgconn.send_query_params(statement, values)
        pgconn.pipeline_sync()
        yield from generators.send(pgconn)
        for _ in range(3 if begin else 2):  # BEGIN, the statement, the sync: an answer each, whatever went wrong
            results += yield from generators.fetch_many(pgconn)
    finally:
        leave(pgconn)
    for result in results:
        if result.status == pq.ExecStatus.FATAL_ERROR:
            raise errors.error_from_result(result)
    return results[-2]


def leave(pgconn: PGconn) -> None:
    """Back to one statement at a time. Answers nobody read would be taken for the next statement's: then, close."""
    try:
        pgconn.exit_pipeline_mode()
    except psycopg.Error:
        pgconn.finish()
