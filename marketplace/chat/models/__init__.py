from marketplace.chat.models.conversation import Conversation, Participant, ReadMark
from marketplace.chat.models.message import LONGEST, Message

__all__ = ["LONGEST", "Conversation", "Message", "Participant", "ReadMark"]
