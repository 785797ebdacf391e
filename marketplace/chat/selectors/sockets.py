"""What the sockets of a process ask: all of them in one question, however many there are."""

from collections.abc import Sequence
from dataclasses import dataclass

from marketplace.accounts.selectors import actor_for, standings_of
from marketplace.chat.models import Conversation
from marketplace.chat.selectors.unread import unread_of_members
from marketplace.core.actor import Actor, Source
from marketplace.notifications.selectors import people_behind, unread_counts


@dataclass(frozen=True, slots=True)
class Asked:
    """Whose socket is it? `party`: the one that it hears, where it hears one already."""

    session_key: str
    party: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A person behind a socket, and the party that she acts for (public ids; no party: "")."""

    actor: Actor
    person: str
    party: str


@dataclass(frozen=True, slots=True)
class Counts:
    feed: int
    messages: int


def who_is(questions: Sequence[Asked]) -> list[Known | None]:
    """For the party that the session acts for, but for a socket that hears one: a switch makes it another party's.
    None where nobody is signed in, or no longer. Three queries, and one more where staff ask."""
    people = people_behind({one.session_key for one in questions})
    wanted = {
        one: (user, one.party or session.get("party"))
        for one in set(questions)
        if (found := people.get(one.session_key)) is not None
        for user, session in [found]
    }
    standings = dict(zip(wanted, standings_of(list(wanted.values())), strict=True))
    known: dict[Asked, Known] = {}
    for one, (user, _chosen) in wanted.items():
        current = standings[one].current
        actor = actor_for(user, standings[one], source=Source.SOCKET, request_id="")
        known[one] = Known(actor, user.public_id, current.party.public_id if current else "")
    return [known.get(one) for one in questions]


def counts_of(actors: Sequence[Actor]) -> list[Counts]:
    """What each has not read, in the feed and in conversations: two queries."""
    feed = unread_counts({actor.user_id for actor in actors})
    said = unread_of_members({(actor.user_id, actor.party_id) for actor in actors if actor.party_id is not None})
    return [Counts(feed.get(actor.user_id, 0), said.get((actor.user_id, actor.party_id), 0)) for actor in actors]


def numbers_of(questions: Sequence[tuple[Actor, tuple[str, ...]]]) -> list[dict[str, int]]:
    """Of these conversations those that the actor takes part in, with the number of the last thing in each."""
    wanted = {public_id for _actor, ids in questions for public_id in ids}
    parties = {actor.party_id for actor, _ids in questions}
    found = Conversation.objects.filter(public_id__in=wanted, participants__party__in=parties)
    last = {
        (party, public_id): seq
        for party, public_id, seq in found.values_list("participants__party", "public_id", "last_seq")
    }
    return [
        {one: last[actor.party_id, one] for one in ids if (actor.party_id, one) in last} for actor, ids in questions
    ]
