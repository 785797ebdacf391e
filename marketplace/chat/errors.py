"""What a conversation refuses."""

from marketplace.core.errors import Conflict, TooMany


class TooManyMessages(TooMany):
    """A limit for each person and minute, over all conversations."""

    code = "too_many_messages"


class SentAlready(Conflict):
    """The browser's number of a message came again with other words."""

    code = "sent_already"
