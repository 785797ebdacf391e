"""The rooms of messages: one a party, for what moved in any of its conversations; one a conversation, for who is there
and who types. Frames carry codes and ids, never words."""

from marketplace.core.rooms.publish import publish

__all__ = ["publish", "room_of_conversation", "room_of_party"]


def room_of_party(public_id: str) -> str:
    return f"party:{public_id}"


def room_of_conversation(public_id: str) -> str:
    return f"talk:{public_id}"
