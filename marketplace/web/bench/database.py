"""A database of the bench's own, made anew each time. Its name says what it is, and no other is ever touched."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
from django.conf import settings
from psycopg import sql

from marketplace.stack.paths import ROOT, postgres_url
from marketplace.stack.postgres import APP_ROLE, OWNER_ROLE

PREFIX = "mooring_bench"
TIME_LIMITS = "-c lock_timeout=0 -c statement_timeout=0 -c idle_in_transaction_session_timeout=0"
# Nothing here must survive a crash; sorting for the indexes may use some memory.
QUICK = "-c synchronous_commit=off -c maintenance_work_mem=512MB -c max_parallel_maintenance_workers=2"


class NoPlace(Exception):
    """Why a database for the bench cannot be made here."""


def make_anew(name: str) -> None:
    """Drop the bench's database `name`, if it is there, and make it again, migrated. Raises NoPlace."""
    if not name.startswith(PREFIX):
        raise NoPlace(f"The bench's databases are called {PREFIX}…: {name} is not touched.")
    with _embedded("postgres", "postgres") as admin:
        admin.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        statement = sql.SQL("CREATE DATABASE {} OWNER {}")
        admin.execute(statement.format(sql.Identifier(name), sql.Identifier(OWNER_ROLE)))
    environment = os.environ | {"DATABASE_URL": url(name, APP_ROLE), "DATABASE_OWNER_URL": url(name, OWNER_ROLE)}
    migrate = [sys.executable, "manage.py", "migrate", "--no-input", "-v0"]
    subprocess.run(migrate, cwd=ROOT, env=environment, check=True)


def connect(name: str) -> psycopg.Connection:
    """As the owner of the tables, without the program's limits on how long a statement takes."""
    return _embedded(name, OWNER_ROLE, options=f"{TIME_LIMITS} {QUICK}")


def url(name: str, role: str) -> str:
    return postgres_url(Path(_sockets()), role=role, database=name)


def _embedded(name: str, role: str, **given: str) -> psycopg.Connection:
    return psycopg.connect(host=_sockets(), dbname=name, user=role, autocommit=True, **given)


def _sockets() -> str:
    host = settings.DATABASES["default"]["HOST"]
    if not host.startswith("/"):
        raise NoPlace("Databases for the bench are made in the embedded PostgreSQL only (docs/stack.md).")
    return host
