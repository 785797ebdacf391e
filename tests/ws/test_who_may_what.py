"""What the one socket of a page answers: one line a frame, one column a visitor.

`ok` is answered, `-` says nothing and leaves the socket open, a number is the code that closes it, `no` was never let
in. owner and viewer are of one brand, anchor and muted of one anchor's party; removed was a member of the brand and
signs in afterwards (one who is removed meanwhile is in `test_live_socket.py`).
"""

import asyncio
import json
from collections.abc import Coroutine
from dataclasses import dataclass, field

import pytest
from django.test import Client

from marketplace.accounts.services.members import remove_member
from marketplace.asgi import application
from marketplace.chat import consumers
from marketplace.chat.models import About
from marketplace.chat.services.blocking import block_others
from marketplace.chat.services.reading import mute
from marketplace.core.actor import Role, StaffRole
from marketplace.core.rooms.hub import hub
from tests.factories.people import make_member, make_owner, make_staff
from tests.factories.talks import conversation, say
from tests.factories.world import BACKEND, give_password_now
from tests.support.relay import relay_all
from tests.support.sockets import Socket
from tests.ws.test_feed_over_the_socket import OURS, slow_heart

__all__ = ["slow_heart"]
pytestmark = pytest.mark.usefixtures("slow_heart")

# own: the contract's conversation of merchant and anchor; task: the merchant's with a stranger about a V task; blocked:
# the stranger's with the anchor, whom she blocks; `contract` is the contract itself, whose id is no conversation's.
TABLE = """
#                  owner     anchor     stranger    removed   made_up    no_origin
#                       viewer    muted      operations  signed_out elsewhere
join own            ok   ok   ok   ok   -    -    -    4401 4401 no   no
join task           ok   ok   -    -    ok   -    -    4401 4401 no   no
join blocked        -    -    ok   ok   ok   -    -    4401 4401 no   no
join contract       -    -    -    -    -    -    -    4401 4401 no   no
join nobody         -    -    -    -    -    -    -    4401 4401 no   no
typing own          ok   ok   ok   ok   -    -    -    4401 4401 no   no
typing task         ok   ok   -    -    ok   -    -    4401 4401 no   no
typing blocked      -    -    ok   ok   ok   -    -    4401 4401 no   no
unjoined            -    -    -    -    -    -    -    4401 4401 no   no
left                -    -    -    -    -    -    -    4401 4401 no   no
unknown             -    -    -    -    -    -    -    4401 4401 no   no
wrong_type          -    -    -    -    -    -    -    4401 4401 no   no
a_list              -    -    -    -    -    -    -    4401 4401 no   no
not_json            -    -    -    -    -    -    -    4401 4401 no   no
empty               -    -    -    -    -    -    -    4401 4401 no   no
binary              -    -    -    -    -    -    -    4401 4401 no   no
oversize            1009 1009 1009 1009 1009 1009 1009 4401 4401 no   no
oversize_binary     1009 1009 1009 1009 1009 1009 1009 4401 4401 no   no
flood               4429 4429 4429 4429 4429 4429 4429 4401 4401 no   no
"""
VISITORS = (
    *("owner", "viewer", "anchor", "muted", "stranger", "operations"),
    *("removed", "signed_out", "made_up", "elsewhere", "no_origin"),
)
ROWS = [line.rsplit(maxsplit=len(VISITORS)) for line in TABLE.splitlines() if line and not line.startswith("#")]
SILENCE_S, PATIENCE_S = 0.4, 10.0  # all visitors wait at the same time
PLAIN = {
    "unknown": {"text": '{"look":true}'},
    "wrong_type": {"text": '{"join":7,"typing":[],"leave":null}'},
    "a_list": {"text": '["join"]'},
    "not_json": {"text": "{"},
    "empty": {"text": ""},
    "binary": {"bytes": b"\x00\x01"},
    "oversize": {"text": "x" * (consumers.LONGEST_FRAME + 1)},
    "oversize_binary": {"bytes": b"x" * (consumers.LONGEST_FRAME + 1)},
}


@dataclass
class Harbour:
    """Session cookies by visitor, the names of who answers, conversations by name."""

    cookies: dict[str, str] = field(default_factory=dict)
    rooms: dict[str, str] = field(default_factory=dict)


def harbour() -> Harbour:
    owner, anchor = make_owner(), make_owner("anchor", "Xia Wei")
    stranger = make_owner("brand", "Far Away Tea")
    removed = make_member(owner.party, Role.MEMBER)
    people = {
        "owner": owner,
        "viewer": make_member(owner.party, Role.VIEWER),
        "anchor": anchor,
        "muted": make_member(anchor.party, Role.MEMBER),
        "stranger": stranger,
        "operations": make_staff(StaffRole.OPERATIONS),
        "removed": removed,
        "elsewhere": owner,
        "no_origin": owner,
    }
    own = conversation(owner, anchor)
    task = conversation(owner, stranger, about=About.TASK)
    blocked = conversation(stranger, anchor, about=About.TASK)
    say(owner, own, "Hello")
    there = Harbour({who: cookie_of(person) for who, person in people.items()})
    there.cookies |= {"signed_out": "", "made_up": "0123456789abcdefghijklmnopqrstuv"}
    muted = people["muted"].actor
    mute(actor=muted, public_id=own.public_id, on=True)
    block_others(actor=stranger.actor, public_id=blocked.public_id)
    there.rooms = {name: one.public_id for name, one in (("own", own), ("task", task), ("blocked", blocked))}
    there.rooms |= {"contract": own.subject, "nobody": "cnv_nobody"}
    remove_member(actor=owner.actor, user_public_id=removed.user.public_id)
    relay_all()
    return there


def cookie_of(person) -> str:
    client = Client()
    client.force_login(person.user, backend=BACKEND)
    give_password_now(client, person.user)
    return client.cookies["sessionid"].value


def origin_of(who: str) -> list[tuple[bytes, bytes]]:
    return {"no_origin": [], "elsewhere": [(b"origin", b"https://localhost.evil.example")]}.get(
        who, [(b"origin", OURS.encode())]
    )


def all_say(there: Harbour, row: str, cells: list[str]) -> list[Coroutine]:
    patience = [SILENCE_S if cell == "-" else PATIENCE_S for cell in cells]
    return [says(there, who, row, wait) for who, wait in zip(VISITORS, patience, strict=True)]


async def says(there: Harbour, who: str, row: str, patience: float) -> str:
    """What becomes of a fresh socket of this visitor that sends the frames of the row."""
    cookie = there.cookies[who]
    headers = [(b"host", b"localhost:8000"), *origin_of(who)]
    headers += [(b"cookie", f"sessionid={cookie}".encode())] if cookie else []
    opened = Socket(application, "/ws/live/", headers)
    if not await opened.connect():
        return "no"
    for frame in frames(there, row):
        await opened.say(**frame)
    kind, _, room = row.partition(" ")
    seen = await answer(opened, kind, there.rooms.get(room, ""), patience)
    await opened.leave()
    return seen


def frames(there: Harbour, row: str) -> list[dict]:
    kind, _, room = row.partition(" ")
    own = there.rooms["own"]
    said = {
        "join": [{"join": there.rooms.get(room)}],
        "typing": [{"join": there.rooms.get(room)}, {"typing": there.rooms.get(room)}],
        "unjoined": [{"typing": own}, {"leave": own}],
        "left": [{"leave": own}, {"typing": own}],
    }
    if kind == "flood":
        return [{"text": "{}"}] * (consumers.A_SECOND + 1)
    return [PLAIN[kind]] if kind in PLAIN else [{"text": json.dumps(one)} for one in said[kind]]


async def answer(opened: Socket, kind: str, room: str, patience: float) -> str:
    """Of a room the frame that names it, else the code that closes it."""
    wanted = "typing" if kind == "typing" else "seq"
    while not await opened.receive_nothing(patience):
        message = await opened.receive_output()
        if message["type"] == "websocket.close":
            return str(message["code"])
        said = json.loads(message["text"])
        if said.get("conversation") == room and wanted in said:
            return "ok"
        assert room or not {"conversation", "look"} & said.keys(), said
    return "-"


def test_each_frame_of_each_visitor(committed_db):
    there = harbour()

    async def whole() -> dict[str, list[str]]:
        try:
            return {row: await asyncio.gather(*all_say(there, row, cells)) for row, *cells in ROWS}
        finally:
            await hub().close()

    found = asyncio.run(whole())
    assert found == {row: cells for row, *cells in ROWS}
