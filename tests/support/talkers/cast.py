"""Makes the people and their conversations in the stack that the environment names; prints who they are.

python -m tests.support.talkers.cast CONVERSATIONS PEOPLE
"""

import json
import os
import sys

import django


def main(conversations: int, people: int) -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    django.setup()
    from marketplace.core.actor import Role
    from tests.factories.people import make_member, make_owner
    from tests.factories.talks import conversation

    cast = []
    for number in range(conversations):
        sides = [make_owner("brand", f"Tea {number}"), make_owner("anchor", f"Anchor {number}")]
        members = sides + [make_member(sides[one % 2].party, Role.MEMBER) for one in range(people - 2)]
        talk = conversation(*sides, title=f"Deal {number}")
        cast += [{"cookie": cookie_of(one), "talk": talk.public_id, "party": one.party.public_id} for one in members]
    sys.stdout.write(json.dumps(cast))


def cookie_of(person) -> str:
    from django.test import Client

    from tests.factories.world import BACKEND, give_password_now

    client = Client()
    client.force_login(person.user, backend=BACKEND)
    give_password_now(client, person.user)
    return client.cookies["sessionid"].value


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
