"""Every page in one of its looks, as everybody where the sides see something different; `tests/torture/` does all looks
as everybody.

The pages are found in the URL conf, so a new one is looked at without being named here, and one that nobody of the
harbour can open fails the first test: give it its arguments in `tests/support/pages/addresses.py`.
"""

from collections.abc import Iterator

import pytest

from marketplace.stack.paths import ROOT
from tests.e2e.test_deal import drill
from tests.support.pages.addresses import NOT_PAGES, names
from tests.support.pages.faults import ANSWERS
from tests.support.pages.harbour import Harbour, harbour_in
from tests.support.pages.looks import one_for
from tests.support.pages.people import EVERYBODY
from tests.support.pages.rounds import once_a_view
from tests.support.pages.tour import through_pages, through_the_bank, through_wrecks

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def harbour(stack) -> Iterator[Harbour]:
    """The stack is the next test’s too: the payout run that waits here for two people would keep it from its own."""
    yield harbour_in(stack, "short")
    drill(stack, "call_off_runs")


def one(key: str) -> list:
    return [one_for(key)]


def test_every_address_is_a_page_that_somebody_sees_or_is_said_to_be_none(harbour):
    assert harbour.unseen == []
    assert set(NOT_PAGES) - names() == set()
    assert {visit.who for visit in harbour.visits} == set(EVERYBODY)


def test_every_error_page_is_looked_at():
    assert {file.stem for file in (ROOT / "templates/errors").iterdir()} == ANSWERS


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_page_is_whole(browser, stack, harbour, who):
    visits = once_a_view([visit for visit in harbour.visits if visit.who == who])
    assert through_pages(browser, stack, harbour, who, one, visits) == []


def test_an_error_page_is_whole(browser, stack, harbour):
    assert through_wrecks(browser, stack, harbour, one) == []


def test_a_page_of_the_test_bank_is_whole(browser, stack, harbour):
    assert through_the_bank(browser, stack, harbour, one) == []
