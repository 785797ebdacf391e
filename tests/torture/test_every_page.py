"""Every page, as everybody who sees it, in both languages, both themes, on a telephone and at a desk."""

from collections.abc import Iterator

import pytest

from tests.e2e.conftest import browser
from tests.support.pages.harbour import Harbour, harbour_in
from tests.support.pages.looks import ALL
from tests.support.pages.people import EVERYBODY
from tests.support.pages.tour import through_pages, through_the_bank, through_wrecks
from tests.support.stack import Stack

__all__ = ["browser"]
pytestmark = pytest.mark.timeout(3000)


@pytest.fixture(scope="module")
def own_stack() -> Iterator[Stack]:
    stack = Stack(19_850)
    stack.start()
    yield stack
    stack.stop()


@pytest.fixture(scope="module")
def harbour(own_stack) -> Harbour:
    return harbour_in(own_stack, "long")


def every(key: str) -> list:
    return ALL


@pytest.mark.parametrize("who", EVERYBODY)
def test_a_page_is_whole_in_every_look(browser, own_stack, harbour, who):
    visits = [visit for visit in harbour.visits if visit.who == who]
    assert through_pages(browser, own_stack, harbour, who, every, visits) == []


def test_an_error_page_is_whole_in_every_look(browser, own_stack, harbour):
    assert through_wrecks(browser, own_stack, harbour, every) == []


def test_a_page_of_the_test_bank_is_whole_in_every_look(browser, own_stack, harbour):
    assert through_the_bank(browser, own_stack, harbour, every) == []
