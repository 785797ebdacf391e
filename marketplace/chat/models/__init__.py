from marketplace.chat.models.conversation import About, Block, Conversation, Participant, ReadMark
from marketplace.chat.models.message import LONGEST, Mention, Message, MessageChange

__all__ = [
    "LONGEST",
    "About",
    "Block",
    "Conversation",
    "Mention",
    "Message",
    "MessageChange",
    "Participant",
    "ReadMark",
]
