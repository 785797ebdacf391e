"""BEGIN and a call in one trip: what comes back, and what a failure leaves behind."""

import pytest
from django.db import DataError, OperationalError, ProgrammingError, connection, transaction
from django.db.transaction import TransactionManagementError
from psycopg import pq

from marketplace.core.round_trip import call, exchange
from marketplace.core.tx import use_case
from tests.support.databases import as_superuser


def status() -> pq.TransactionStatus:
    return connection.connection.pgconn.transaction_status


def ask() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone()[0]


def assert_usable() -> None:
    assert connection.connection.pgconn.pipeline_status == pq.PipelineStatus.OFF
    assert status() == pq.TransactionStatus.IDLE
    with transaction.atomic():
        assert call("repeat", ["ab", "2"]).get_value(0, 0) == b"abab"
        assert ask() == 1


def test_the_transaction_begins_with_the_call_and_goes_on(committed_db):
    ask()
    with transaction.atomic():
        assert status() == pq.TransactionStatus.IDLE
        assert call("repeat", ["泊", "2"]).get_value(0, 0) == "泊泊".encode()
        assert status() == pq.TransactionStatus.INTRANS
        assert ask() == 1
        assert call("repeat", [None, "2"]).get_value(0, 0) is None
    assert status() == pq.TransactionStatus.IDLE


def test_what_is_rolled_back_after_a_call_never_was(committed_db):
    def write() -> None:
        call("nextval", ["core_event_id_seq"])
        with connection.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE left_behind (n int)")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        use_case(write)()
    with connection.cursor() as cursor:
        cursor.execute("SELECT to_regclass('left_behind')")
        assert cursor.fetchone()[0] is None


@pytest.mark.parametrize(
    ("function", "values"),
    [
        pytest.param("repeat", ["ab", "many"], id="while it is bound"),
        pytest.param("setseed", ["5"], id="while it runs"),
        pytest.param("repeat", ["a\0b", "2"], id="before it is sent"),
    ],
)
@pytest.mark.parametrize("first", [True, False])
def test_a_call_that_fails_aborts_its_transaction_and_leaves_the_connection_usable(
    committed_db, function, values, first
):
    @transaction.atomic
    def fail() -> None:
        if not first:
            ask()
        call(function, values)

    ask()
    with pytest.raises(DataError):
        fail()
    assert_usable()


@pytest.mark.django_db
def test_a_broken_transaction_is_not_gone_on_with():
    with transaction.atomic():
        transaction.set_rollback(True)
        with pytest.raises(TransactionManagementError):
            call("repeat", ["ab", "2"])


def test_a_server_that_hangs_up_is_an_operational_error_and_the_next_connection_works(committed_db):
    ask()
    lost = connection.connection
    with as_superuser() as server:
        server.execute("SELECT pg_terminate_backend(%s, 5000)", [lost.info.backend_pid])
    with pytest.raises(OperationalError), transaction.atomic():
        call("repeat", ["ab", "2"])
    assert lost.closed
    connection.close()
    ask()
    assert_usable()


def test_a_call_abandoned_half_way_closes_the_connection(committed_db):
    """Its answers would be read as the next statement's."""
    ask()
    with transaction.atomic():
        pgconn = connection.connection.pgconn
        half = exchange(connection.connection, "pg_sleep", [b"5"])
        next(half)
        half.close()
        assert pgconn.status == pq.ConnStatus.BAD
        connection.needs_rollback = True
    ask()
    assert_usable()


@pytest.mark.parametrize(
    "behind_our_back",
    [
        pytest.param(["DEALLOCATE ALL"], id="forgotten"),
        pytest.param(["DISCARD ALL", "PREPARE repeat(text, int) AS SELECT * FROM repeat($1, $2)"], id="another's"),
    ],
)
def test_what_the_server_has_prepared_may_change_and_nobody_notices(committed_db, behind_our_back):
    tries = []

    @use_case
    def repeat() -> bytes:
        tries.append(1)
        return call("repeat", ["ab", "2"]).get_value(0, 0)

    if "DEALLOCATE ALL" in behind_our_back:
        assert repeat() == b"abab"
    with connection.cursor() as cursor:
        for statement in behind_our_back:
            cursor.execute(statement)
    tries.clear()
    assert [repeat(), repeat()] == [b"abab"] * 2
    assert len(tries) == 3
    assert_usable()


def test_a_function_that_does_not_exist_is_told_each_time(committed_db):
    ask()
    for _ in range(2):
        with pytest.raises(ProgrammingError), transaction.atomic():
            call("no_such_function", ["1"])
    assert_usable()
