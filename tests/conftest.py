"""Fixtures that every test may use. The databases come from `tests/support/databases.py`."""

import pytest
from django.utils import translation

from marketplace.core.net import names
from tests.support.bank import bank, bank_process
from tests.support.databases import bank_database, committed_db, django_db_setup
from tests.support.kept_worlds import kept_market, kept_world, market, world
from tests.support.webhooks import receiver

__all__ = [
    "bank",
    "bank_database",
    "bank_process",
    "committed_db",
    "django_db_setup",
    "kept_market",
    "kept_world",
    "market",
    "receiver",
    "world",
]


@pytest.fixture(autouse=True)
def no_names_outside(monkeypatch) -> None:
    """No test asks the network where a stranger's host is: to the program none is known."""

    def unknown(host: str, port: int, seconds: float) -> list[str]:
        raise names.UnknownHost(host)

    monkeypatch.setattr(names, "resolve", unknown)


@pytest.fixture(autouse=True)
def nobodys_language() -> None:
    """A page in Chinese leaves its language in the thread; the next test did not ask for it."""
    translation.deactivate()
