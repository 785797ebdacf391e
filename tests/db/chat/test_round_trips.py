"""What saying something costs: so many trips to the database, and none more for what is seldom."""

import psycopg
import pytest

from marketplace.chat.errors import SentAlready
from marketplace.chat.models import ReadMark
from tests.factories.people import Person, make_owner
from tests.factories.talks import conversation, say


@pytest.fixture
def sides(committed_db) -> list[Person]:
    return [make_owner(), make_owner("anchor", "Xia Wei")]


@pytest.fixture
def trips(monkeypatch):
    """How often somebody waited for PostgreSQL, BEGIN and COMMIT counted."""
    waits: list[object] = []
    real = psycopg.Connection.wait

    def wait(self, gen, *args, **kwargs):
        if gen.__name__ != "_set_autocommit_gen":  # which waits for nothing
            waits.append(gen)
        return real(self, gen, *args, **kwargs)

    monkeypatch.setattr(psycopg.Connection, "wait", wait)
    return waits


def test_a_message_is_asked_about_kept_and_committed_in_three_trips(sides, trips):
    merchant, anchor = sides
    talk = conversation(merchant, anchor)
    say(merchant, talk, "Hello")  # sets the timer of the mail
    for person, number in ((merchant, 2), (anchor, 3)):
        trips.clear()
        assert say(person, talk, "The leaves are from the spring.").seq == number
        assert len(trips) == 3
        assert ReadMark.objects.get(conversation=talk, user=person.user).seq == number


def test_the_same_again_costs_a_trip_more_and_keeps_nothing(sides, trips):
    merchant, anchor = sides
    talk = conversation(merchant, anchor)
    first = say(merchant, talk, "Hello", client_id="a")
    trips.clear()
    assert say(merchant, talk, "Hello", client_id="a") == first
    assert len(trips) == 3  # asked, read, committed
    with pytest.raises(SentAlready):
        say(merchant, talk, "Good-bye", client_id="a")
    talk.refresh_from_db()
    assert (talk.last_seq, talk.messages.count()) == (1, 1)
