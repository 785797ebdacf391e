"""What a conversation refuses."""

from marketplace.core.errors import Conflict, Forbidden, Refused, TooMany


class TooManyMessages(TooMany):
    """A limit for each person and minute, over all conversations."""

    code = "too_many_messages"


class TooManyConversations(TooMany):
    """A limit for each person and hour."""

    code = "too_many_conversations"


class SentAlready(Conflict):
    """The browser's number of a message came again with other words."""

    code = "sent_already"


class TooLateToEdit(Conflict):
    """What was said is altered within five minutes, or not at all."""

    code = "too_late_to_edit"


class MessageGone(Conflict):
    """It was deleted: nothing happens to it any more."""

    code = "message_gone"


class LooksLikeContact(Refused):
    """Before any contract: the words look like contact details or a way to pay past the platform. Not blocked: the
    same words go with `anyway`."""

    code = "looks_like_contact"


class Blocked(Forbidden):
    """One of the parties blocks another one."""

    code = "party_blocked"
