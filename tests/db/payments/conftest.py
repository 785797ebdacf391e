import pytest

from tests.factories.people import Person, make_owner
from tests.support.bank import Bank


@pytest.fixture
def at_bank(bank: Bank, settings) -> Bank:
    """The test bank as this process's payment provider."""
    settings.STANDIN_URL = settings.STANDIN_PUBLIC_URL = bank.url
    settings.STANDIN_SECRET = bank.secret
    settings.STANDIN_WEBHOOK_SECRETS = list(bank.webhook_secrets)
    settings.SITE_URL = "http://localhost:8000"
    return bank


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner()
