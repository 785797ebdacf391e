"""All rows into the bench's database: two streams at once, one of anchors and one of V tasks, so that Python and the
server's search vectors keep both cores busy.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from django.core.management.color import no_style
from django.db import connection as django_connection
from django.db.models import Model

from marketplace.web.bench import anchors, database, merchants, tasks
from marketplace.web.bench.copying import Row, copy_rows
from marketplace.web.bench.rebuilding import built_afterwards
from marketplace.web.bench.size import Size

Tables = Sequence[tuple[type[Model], Callable[[Size], Row]]]
Said = Callable[[str], None]
EVERY = 100_000  # rows between two lines of progress


def load(name: str, size: Size, said: Said) -> None:
    """Fill the migrated, empty database `name`; its statistics are taken at the end."""
    models = sorted({model for model, _rows in (*merchants.TABLES, *anchors.TABLES, *tasks.TABLES)}, key=_table)
    with database.connect(name) as connection:
        with built_afterwards(connection, [_table(model) for model in models], partial(_built, said)):
            _copy(name, size, merchants.TABLES, said)
            with ThreadPoolExecutor(2) as streams:
                for stream in [
                    streams.submit(_copy, name, size, part, said) for part in (anchors.TABLES, tasks.TABLES)
                ]:
                    stream.result()
        for statement in django_connection.ops.sequence_reset_sql(no_style(), models):
            connection.execute(statement)
        said("statistics")
        connection.execute("VACUUM (ANALYZE)")


def _copy(name: str, size: Size, tables: Tables, said: Said) -> None:
    with database.connect(name) as connection:
        for model, rows in tables:
            copy_rows(connection, model, rows(size), partial(_counted, said, model))


def _counted(said: Said, model: type[Model], done: int) -> None:
    if done % EVERY == 0:
        said(f"{_table(model)}: {done:,} rows")


def _built(said: Said, name: str) -> None:
    said(f"built {name}")


def _table(model: type[Model]) -> str:
    return model._meta.db_table
