"""Full-text search that knows Chinese (the functions are `core/migrations/0002_search.sql`)."""

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.migrations import RunSQL
from django.db.models import F, Func, GeneratedField, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _


def search_document(*text_columns: str) -> GeneratedField:
    """A stored `tsvector` over these text columns of the same row, kept by the database itself."""
    joined = Coalesce(F(text_columns[0]), Value(""))
    for column in text_columns[1:]:
        joined = Func(joined, Func(Value(" "), Coalesce(F(column), Value("")), **JOIN), **JOIN)
    return GeneratedField(
        verbose_name=_("search words"),
        expression=Func(joined, function="search_document"),
        output_field=SearchVectorField(),
        db_persist=True,
    )


# `concat` is only STABLE; a generated column wants IMMUTABLE.
JOIN = {"template": "(%(expressions)s)", "arg_joiner": " || "}


class Typed(SearchQuery):
    """What a person typed, for `filter(search=Typed(text))`: cut by the same rules as the rows."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.function = "search_query"


def word_statistics(table: str) -> RunSQL:
    """For a migration: let the planner know the ten thousand commonest words of `table`, not one thousand.

    A word that it does not know counts as half as common as the rarest that it knows; it then walks the newest rows for
    a word that is in ten of a million, instead of asking the index.
    """
    set_to = f"ALTER TABLE {table} ALTER COLUMN search SET STATISTICS "
    return RunSQL(set_to + "1000", set_to + "-1")


def vacuumed_often(table: str) -> RunSQL:
    """For a migration: an answer from an index alone needs pages that vacuum has marked; by default it waits for one
    row in twenty of `table`, now for five hundred."""
    settings = {
        "autovacuum_vacuum_scale_factor": 0,
        "autovacuum_vacuum_threshold": 500,
        "autovacuum_vacuum_insert_scale_factor": 0,
        "autovacuum_vacuum_insert_threshold": 500,
        "vacuum_index_cleanup": "on",
    }
    set_to = ", ".join(f"{name} = {value}" for name, value in settings.items())
    return RunSQL(f"ALTER TABLE {table} SET ({set_to})", f"ALTER TABLE {table} RESET ({', '.join(settings)})")
