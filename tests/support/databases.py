"""Databases for tests: copies of the migrated template, connected as the program's own role (it owns nothing).

A test that only reads and rolls back shares its worker's copy (`db`). A test that commits, uses threads or processes
gets a copy of its own (`committed_db`): the append-only triggers forbid the usual flush, and a copy is quicker.
"""

import os
from collections.abc import Iterator

import psycopg
import pytest
from django.conf import settings
from django.db import connection, connections
from psycopg import sql

from marketplace.core import invariants
from marketplace.core.ids import new_id
from marketplace.settings.base import database
from marketplace.stack.postgres import APP_ROLE, OWNER_ROLE
from tests.support.services import BANK_TEMPLATE, TEMPLATE, database_url


def copy_database(name: str, template: str = TEMPLATE, owner: str = OWNER_ROLE) -> None:
    with as_superuser() as admin:
        statement = "CREATE DATABASE {} TEMPLATE {} OWNER {} STRATEGY file_copy"
        admin.execute(sql.SQL(statement).format(*map(sql.Identifier, (name, template, owner))))


def copy_database_in_use(name: str, template: str, owner: str) -> None:
    """PostgreSQL copies only what nobody is connected to: everybody is sent away, and may come back afterwards."""
    source = sql.Identifier(template)
    with as_superuser() as admin:
        admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS false").format(source))
        try:
            admin.execute("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s", [template])
            copy_database(name, template, owner)
        finally:
            admin.execute(sql.SQL("ALTER DATABASE {} ALLOW_CONNECTIONS true").format(source))


def drop_database(name: str) -> None:
    with as_superuser() as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def as_superuser() -> psycopg.Connection:
    host = os.environ["MOORING_TEST_SOCKETS"]
    return psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True)


def point_at(name: str) -> None:
    """Every connection of this process, present and future, goes to database `name`."""
    connections.close_all()
    for role, target in ((APP_ROLE, settings.DATABASES["default"]), (OWNER_ROLE, settings.DATABASE_OWNER)):
        target.update({key: value for key, value in database(database_url(name, role)).items() if key != "OPTIONS"})
    for alias_connection in (connection, connections["default"]):
        alias_connection.settings_dict.update(
            {key: settings.DATABASES["default"][key] for key in ("NAME", "USER", "HOST", "PORT", "PASSWORD")}
        )


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker) -> Iterator[None]:
    """One copy a worker."""
    name = f"mooring_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    with django_db_blocker.unblock():
        copy_database(name)
        point_at(name)
        yield
        connections.close_all()
        drop_database(name)


@pytest.fixture
def committed_db(django_db_setup, django_db_blocker) -> Iterator[str]:
    """A database that this test alone commits to; what must always be true is checked at its end."""
    name = f"mooring_{new_id('tst')[-12:]}"
    shared = settings.DATABASES["default"]["NAME"]
    with django_db_blocker.unblock():
        copy_database(name)
        point_at(name)
        try:
            yield name
            found = invariants.violations()
        finally:
            point_at(shared)
            drop_database(name)
    assert not found, found


@pytest.fixture
def bank_database() -> Iterator[str]:
    """URL of a copy of the test bank's migrated database."""
    name = f"bank_{new_id('tst')[-12:]}"
    copy_database(name, BANK_TEMPLATE, "mooring_bank")
    yield database_url(name, "mooring_bank")
    drop_database(name)
