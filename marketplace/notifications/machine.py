from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class MailState(StrEnum):
    QUEUED = "queued"
    SENT = "sent"


MAIL = Machine(
    "mail",
    MailState,
    MailState.QUEUED,
    (Transition("send", (MailState.QUEUED,), MailState.SENT, ("worker",)),),
)
