"""A backup is a restored one: dumped while it holds a paid deal, restored beside it, and found to be the same."""

import os
import subprocess

import psycopg
import pytest
from django.db import connection

from marketplace.core import invariants
from marketplace.core.ids import new_id
from marketplace.stack import binaries
from marketplace.stack.postgres import OWNER_ROLE
from tests.factories.deals import verify
from tests.factories.funded import approved, funded
from tests.factories.people import make_owner
from tests.support.databases import copy_database, drop_database, point_at
from tests.support.services import database_url


@pytest.fixture
def beside():
    name = f"mooring_{new_id('tst')[-12:]}"
    copy_database(name, "template0")
    yield name
    drop_database(name)


def test_a_backup_is_restored_whole(committed_db, beside, tmp_path):
    merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    verify(anchor.party, "anchor")
    approved(merchant, anchor, funded(merchant, anchor), 1)
    before = rows_of_every_table()
    assert before["ledger_journal"] > 0
    run("pg_dump", "-Fc", "-f", tmp_path / "backup", committed_db)
    run("pg_restore", "--exit-on-error", "-d", beside, tmp_path / "backup")
    point_at(beside)
    try:
        assert rows_of_every_table() == before
        assert invariants.violations() == []
        history_is_guarded(beside)
    finally:
        point_at(committed_db)


def history_is_guarded(name: str) -> None:
    """The triggers came along, for the owner of the tables too."""
    with (
        psycopg.connect(database_url(name, OWNER_ROLE)) as owner,
        pytest.raises(psycopg.Error, match="Cannot update or delete"),
    ):
        owner.execute("DELETE FROM ledger_line")


def rows_of_every_table() -> dict[str, int]:
    with connection.cursor() as cursor:
        return {
            table: cursor.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]
            for table in connection.introspection.table_names(cursor)
        }


def run(program: str, *arguments: object) -> None:
    at = ["--host", os.environ["MOORING_TEST_SOCKETS"], "--username", "postgres"]
    subprocess.run([binaries.postgres_bin() / program, *at, *arguments], check=True)
