"""Fixtures that every test may use. The databases come from `tests/support/databases.py`."""

from tests.support.databases import bank_database, committed_db, django_db_setup

__all__ = ["bank_database", "committed_db", "django_db_setup"]
