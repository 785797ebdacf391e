"""Ten thousand random operations of deals, against a bank full of faults and a process that is killed at its commits:
nothing is lost, nothing happens twice, and what is refused changes nothing.

`OPERATIONS=2000 SEED=7` repeats a shorter one. The seed is printed (and is in the message of a failure).
"""

import os
import secrets

import pytest

from marketplace.core import clock
from tests.support.storm.drive import Storm
from tests.support.storm.report import said

OPERATIONS = int(os.environ.get("OPERATIONS", "10000"))
SEED = int(os.environ.get("SEED", "0")) or secrets.randbelow(1_000_000) + 1


@pytest.fixture
def at_bank(bank, settings):
    settings.STANDIN_URL = settings.STANDIN_PUBLIC_URL = bank.url
    settings.STANDIN_SECRET = bank.secret
    settings.STANDIN_WEBHOOK_SECRETS = list(bank.webhook_secrets)
    settings.SITE_URL = "http://localhost:8000"
    return bank


@pytest.mark.timeout(7200)
def test_no_cent_is_lost_or_doubled_in_a_storm_of_deals(committed_db, at_bank, receiver, capsys) -> None:
    begun, storm = clock.now(), Storm(at_bank, receiver, SEED)
    with capsys.disabled():
        print(f"\nseed {SEED}")  # noqa: T201  whoever sees it fail repeats it
    storm.rage(OPERATIONS)
    wrong = storm.calm()
    with capsys.disabled():
        print(said(storm, (clock.now() - begun).total_seconds()))  # noqa: T201
    assert not wrong, (SEED, wrong)
    assert storm.tally["done"] > OPERATIONS // 2
    assert storm.reaper.killed > OPERATIONS // 200
