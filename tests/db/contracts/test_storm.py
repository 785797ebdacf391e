"""A short storm over deals (`tests/support/storm/`); ten thousand operations of it are in tests/torture."""

import pytest

from tests.support.storm.drive import Storm

OPERATIONS, SEED = 250, 7


@pytest.fixture
def at_bank(bank, settings):
    settings.STANDIN_URL = settings.STANDIN_PUBLIC_URL = bank.url
    settings.STANDIN_SECRET = bank.secret
    settings.STANDIN_WEBHOOK_SECRETS = list(bank.webhook_secrets)
    settings.SITE_URL = "http://localhost:8000"
    return bank


@pytest.mark.timeout(300)
def test_nothing_is_lost_or_doubled_in_a_short_storm(committed_db, at_bank, receiver):
    storm = Storm(at_bank, receiver, SEED)
    storm.rage(OPERATIONS, look_every=50)
    assert storm.calm() == []
    assert storm.tally["done"] > OPERATIONS // 2
