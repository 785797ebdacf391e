"""The database refuses what code should not do, whoever asks and however."""

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction
from psycopg import errors as pg

from marketplace.core.models import Event
from marketplace.ledger.models import Balance, FundingLot, Journal, Line, LotUse
from marketplace.stack.postgres import OWNER_ROLE
from tests.db.ledger.conftest import make_wallet, post_now, top_up

HISTORY = ["ledger_journal", "ledger_line", "ledger_lotuse", "core_event"]
LEDGER = ["ledger_account", "ledger_balance", "ledger_fundinglot", "ledger_journal", "ledger_line", "ledger_lotuse"]


@pytest.fixture
def posted(wallet):
    post_now(top_up(wallet, 1_000))
    return wallet


def sql(statement: str, *values) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.mark.django_db
@pytest.mark.parametrize("table", LEDGER)
@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {}"])
def test_the_programs_role_may_only_read_the_ledger(posted, table, statement):
    column = {"ledger_lotuse": "amount_minor = 1", "ledger_journal": "kind = 'x'"}.get(table, "currency = currency")
    column = "amount_minor = 1" if table == "ledger_balance" else column
    with pytest.raises(ProgrammingError) as refused:
        sql(statement.format(table, column))
    assert isinstance(refused.value.__cause__, pg.InsufficientPrivilege)


@pytest.mark.django_db
def test_the_programs_role_cannot_insert_a_line_beside_the_function(posted):
    with pytest.raises(ProgrammingError) as refused:
        sql(
            "INSERT INTO ledger_line (journal_id, seq, source_id, destination_id, amount_minor, currency)"
            " SELECT journal_id, 2, source_id, destination_id, 1, currency FROM ledger_line"
        )
    assert isinstance(refused.value.__cause__, pg.InsufficientPrivilege)


@pytest.mark.django_db
@pytest.mark.parametrize("model", [Journal, Line, LotUse, Balance, FundingLot])
def test_the_orm_cannot_delete_or_update_history(posted, model):
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.all()._raw_delete("default")
    field = "kind" if model is Journal else "amount_minor"
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.update(**{field: 1})
    if (row := model.objects.first()) is not None:
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()


@pytest.fixture
def as_owner(committed_db):
    """The same database, as the role that owns it: the triggers stand in its way too."""
    post_now(top_up(make_wallet(), 1_000))
    app_role = connection.settings_dict["USER"]
    connection.close()
    connection.settings_dict["USER"] = OWNER_ROLE
    yield
    connection.close()
    connection.settings_dict["USER"] = app_role


@pytest.mark.parametrize("table", HISTORY)
def test_even_the_owner_cannot_rewrite_history(as_owner, table):
    with pytest.raises(DatabaseError, match="never truncated"):
        sql(f"TRUNCATE {table} CASCADE")
    if table in {"ledger_journal", "ledger_line"}:
        with pytest.raises(DatabaseError, match="Cannot update or delete"):
            sql(f"DELETE FROM {table}")
        with pytest.raises(DatabaseError, match="Cannot update or delete"):
            sql(f"UPDATE {table} SET {'kind' if table == 'ledger_journal' else 'currency'} = 'CNY'")


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("amount_minor = 0", "line_positive"),
        ("amount_minor = -5", "line_positive"),
        ("currency = 'JPY'", "line_source_currency"),
        ("destination_id = source_id", "line_moves"),
    ],
)
def test_a_line_of_nothing_below_nothing_or_across_currencies_is_refused(as_owner, change, constraint):
    """Inserted as the owner, since the program cannot insert at all."""
    column, value = (part.strip() for part in change.split("="))
    columns = ["journal_id", "seq", "source_id", "destination_id", "amount_minor", "currency"]
    chosen = ", ".join(value if name == column else ("9" if name == "seq" else name) for name in columns)
    with pytest.raises(IntegrityError, match=constraint):
        sql(f"INSERT INTO ledger_line ({', '.join(columns)}) SELECT {chosen} FROM ledger_line")


def test_an_overdraft_is_refused_by_the_database_itself(as_owner):
    with pytest.raises(IntegrityError, match="no_overdraft"):
        sql("UPDATE ledger_balance SET amount_minor = -1 WHERE NOT allow_negative")


@pytest.mark.django_db
def test_events_are_appended_and_never_changed(posted):
    sql(
        "INSERT INTO core_event (aggregate, seq, name, from_state, to_state, source, label, request_id, at, data)"
        " VALUES ('x', 1, 'n', '', '', 'web', '', '', now(), '{}')"
    )
    for statement in ("UPDATE core_event SET name = 'm'", "DELETE FROM core_event", "TRUNCATE core_event CASCADE"):
        with pytest.raises(ProgrammingError) as refused:
            sql(statement)
        assert isinstance(refused.value.__cause__, pg.InsufficientPrivilege)
    assert Event.objects.get(aggregate="x").name == "n"
