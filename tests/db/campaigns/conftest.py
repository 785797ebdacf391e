import pytest

from tests.factories.people import Person
from tests.factories.tasks import make_anchor, make_merchant


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_merchant()


@pytest.fixture
def anchor(committed_db) -> Person:
    return make_anchor()
