import pytest

from marketplace.chat.models import Conversation
from tests.factories.people import Person, make_owner
from tests.factories.talks import conversation


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def anchor(committed_db) -> Person:
    return make_owner("anchor", "Xia Wei")


@pytest.fixture
def talk(merchant, anchor) -> Conversation:
    return conversation(merchant, anchor)
