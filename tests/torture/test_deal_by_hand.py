"""The whole of a deal again, paid by a transfer that a statement shows and paid out by a file: same figures."""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import browser
from tests.e2e.house_by_hand import ByHand
from tests.e2e.test_deal import walk_a_deal
from tests.e2e.test_market import people
from tests.support.stack import Stack

__all__ = ["browser", "people"]


@pytest.fixture(scope="module")
def stack() -> Iterator[Stack]:
    running = Stack(19_600, dialect=ByHand.dialect)
    running.start()
    running.wait_for_sockets()
    yield running
    running.stop()


@pytest.mark.timeout(500)
def test_a_deal_from_signatures_to_its_end(people, stack):
    walk_a_deal(people, stack, ByHand(people, stack))
