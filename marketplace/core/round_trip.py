"""One call of a database function in one round trip, with the transaction's BEGIN in front of it.

psycopg holds BEGIN back until a transaction's first statement, and then waits for its answer before it sends the
statement. Here both leave together, in libpq's pipeline mode, and the statement is prepared once a connection. Nothing
else changes: a call that fails aborts the transaction, and the connection is good for the next one. Only for what is
called thousands of times a second.
"""

import functools
from collections.abc import Sequence
from weakref import WeakKeyDictionary

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections
from psycopg import errors, generators, pq
from psycopg.abc import PQGen
from psycopg.pq.abc import PGconn, PGresult

# The functions whose call each connection's server has prepared; rolling back does not undo that.
_prepared: WeakKeyDictionary[psycopg.Connection, set[str]] = WeakKeyDictionary()


class StatementForgotten(psycopg.OperationalError):
    """Somebody (DEALLOCATE ALL, a pooler) changed what the server has prepared behind our back. Nothing has happened;
    the whole transaction can be tried again."""


def call(function: str, values: Sequence[str | None]) -> PGresult:
    """`SELECT * FROM function(values…)` in the current transaction. Raises Django's database errors."""
    django = connections[DEFAULT_DB_ALIAS]  # looked up once: `connection` looks it up for each attribute
    django.validate_no_broken_transaction()
    raw = django.connection
    with django.wrap_database_errors:
        encoded = [None if value is None else encode(value) for value in values]
        with raw.lock:
            return raw.wait(exchange(raw, function, encoded))


def encode(value: str) -> bytes:
    if "\0" in value:  # libpq would read up to it and leave out the rest
        raise psycopg.DataError("PostgreSQL text cannot contain NUL")
    return value.encode()


def exchange(raw: psycopg.Connection, function: str, values: Sequence[bytes | None]) -> PQGen[PGresult]:
    pgconn, known = raw.pgconn, _prepared.setdefault(raw, set())
    begin = pgconn.transaction_status == pq.TransactionStatus.IDLE
    prepare = function not in known
    results: list[PGresult] = []
    pgconn.enter_pipeline_mode()
    try:
        if begin:
            pgconn.send_query_params(b"BEGIN", None)
        if prepare:
            pgconn.send_prepare(function.encode(), select(function, len(values)))
        pgconn.send_query_prepared(function.encode(), values)
        pgconn.pipeline_sync()
        yield from generators.send(pgconn)
        for _ in range(2 + begin + prepare):  # an answer each, and one for the sync, whatever went wrong
            results += yield from generators.fetch_many(pgconn)
    finally:
        leave(pgconn)
    if prepare and [result.status for result in results[begin : begin + 1]] == [pq.ExecStatus.COMMAND_OK]:
        known.add(function)
    for result in results:
        if result.status == pq.ExecStatus.FATAL_ERROR:
            raise refusal(errors.error_from_result(result), function, known)
    return results[-2]


def refusal(error: psycopg.Error, function: str, known: set[str]) -> psycopg.Error:
    if isinstance(error, errors.InvalidSqlStatementName):
        known.discard(function)
    elif isinstance(error, errors.DuplicatePreparedStatement):
        known.add(function)
    else:
        return error
    return StatementForgotten(str(error))


@functools.cache
def select(function: str, count: int) -> bytes:
    places = ", ".join(f"${number}" for number in range(1, count + 1))
    return f"SELECT * FROM {function}({places})".encode()  # noqa: S608  the name is the program's own


def leave(pgconn: PGconn) -> None:
    """Back to one statement at a time. Answers nobody read would be taken for the next statement's: then, close."""
    try:
        pgconn.exit_pipeline_mode()
    except psycopg.Error:
        pgconn.finish()
