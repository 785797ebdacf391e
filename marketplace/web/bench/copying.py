"""Rows of a model as COPY reads them: what a row does not name is as a new object has it."""

import json
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from itertools import islice

import psycopg
from django.contrib.postgres.fields import ArrayField
from django.db.models import Field, JSONField, Model
from psycopg import sql

LINES = 2_000  # a write; enough to keep the server busy, little to hold
ESCAPED = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})

Row = dict[str, object]


def copy_rows(
    connection: psycopg.Connection, model: type[Model], rows: Iterable[Row], said: Callable[[int], None]
) -> None:
    """Append `rows` (column → value). `said` hears now and then how many are there."""
    columns = _columns(model)
    statement = sql.SQL("COPY {} ({}) FROM STDIN").format(
        sql.Identifier(model._meta.db_table), sql.SQL(", ").join(sql.Identifier(name) for name in columns)
    )
    lines = _lines(columns, rows)
    done = 0
    with connection.cursor().copy(statement) as copy:
        while some := list(islice(lines, LINES)):
            copy.write("".join(some))
            done += len(some)
            said(done)


def _columns(model: type[Model]) -> dict[str, Field]:
    """Column → field, without those that the database computes."""
    return {field.column: field for field in model._meta.concrete_fields if not field.generated}


def _lines(columns: dict[str, Field], rows: Iterable[Row]) -> Iterator[str]:
    spell = {name: _spelling_of(field) for name, field in columns.items()}
    unnamed = {name: spell[name](field.get_default()) for name, field in columns.items()}
    for row in rows:
        if unknown := row.keys() - columns.keys():
            raise KeyError(unknown)
        named = unnamed | {name: spell[name](value) for name, value in row.items()}
        yield "\t".join(named.values()) + "\n"


def _spelling_of(field: Field) -> Callable[[object], str]:
    if isinstance(field, JSONField):
        return _json
    return _array if isinstance(field, ArrayField) else _plain


def _plain(value: object) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return value.translate(ESCAPED)
    return value.isoformat() if isinstance(value, date) else str(value)


def _json(value: object) -> str:
    return "\\N" if value is None else json.dumps(value, ensure_ascii=False).translate(ESCAPED)


def _array(values: object) -> str:
    """Of codes: letters, digits, dashes and colons need no quotes."""
    return "{" + ",".join(values) + "}"
