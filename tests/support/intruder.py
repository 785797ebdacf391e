"""Somebody with the keys to a database writes past the program: what a reconciliation must find."""

from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from django.conf import settings

from tests.support.services import database_url


@contextmanager
def into_our_books() -> Iterator[psycopg.Connection]:
    """Past every trigger of ours."""
    with _past_triggers(settings.DATABASES["default"]["NAME"]) as connection:
        yield connection


@contextmanager
def into_the_banks(database: str) -> Iterator[psycopg.Connection]:
    with _past_triggers(database) as connection:
        yield connection


@contextmanager
def _past_triggers(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database_url(database, "postgres"), autocommit=True) as connection:
        connection.execute("SET session_replication_role = replica")
        yield connection
