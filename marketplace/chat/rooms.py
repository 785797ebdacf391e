"""The rooms of messages: one a party, for what moved in any of its conversations; one a conversation, for who is there
and who types. Frames carry codes and ids, never words."""

import json

from marketplace.core.rooms.hub import hub
from marketplace.core.rooms.publish import publish

__all__ = ["frame_of", "publish", "room_of_conversation", "room_of_party", "tell_room"]


def room_of_party(public_id: str) -> str:
    return f"party:{public_id}"


def room_of_conversation(public_id: str) -> str:
    return f"talk:{public_id}"


def frame_of(conversation: str, **what: object) -> bytes:
    return json.dumps({"conversation": conversation, **what}, separators=(",", ":")).encode()


async def tell_room(conversation: str, **what: object) -> None:
    """From a socket's process, whoever has it open."""
    await hub().publish(room_of_conversation(conversation), frame_of(conversation, **what))
