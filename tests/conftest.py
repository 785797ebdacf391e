"""Fixtures that every test may use. The databases come from `tests/support/databases.py`."""

from tests.support.bank import bank, bank_process
from tests.support.databases import bank_database, committed_db, django_db_setup
from tests.support.webhooks import receiver

__all__ = ["bank", "bank_database", "bank_process", "committed_db", "django_db_setup", "receiver"]
