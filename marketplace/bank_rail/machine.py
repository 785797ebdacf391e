"""The states of what a bank does for us by way of people and files."""

from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class PayInState(StrEnum):
    OPEN = "open"
    PAID = "paid"
    EXPIRED = "expired"


_I = PayInState
# A transfer that comes late is a transfer: whoever asked for it decides what becomes of it.
PAY_IN = Machine(
    "bank_pay_in",
    PayInState,
    _I.OPEN,
    (
        Transition("pay", (_I.OPEN, _I.EXPIRED), _I.PAID, ("bank",)),
        Transition("expire", (_I.OPEN,), _I.EXPIRED, ("clock",)),
    ),
)


class OrderState(StrEnum):
    QUEUED = "queued"
    BATCHED = "batched"
    PAID = "paid"
    FAILED = "failed"


_O = OrderState
ORDER = Machine(
    "bank_order",
    OrderState,
    _O.QUEUED,
    (
        Transition("batch", (_O.QUEUED,), _O.BATCHED, ("staff",)),
        Transition("put_back", (_O.BATCHED,), _O.QUEUED, ("staff",)),
        Transition("pay", (_O.BATCHED,), _O.PAID, ("bank",)),
        # Also after it was paid: the other bank may send it back days later.
        Transition("fail", (_O.BATCHED, _O.PAID), _O.FAILED, ("bank",)),
    ),
)


class BatchState(StrEnum):
    DRAFTED = "drafted"
    APPROVED = "approved"
    SENT = "sent"
    CLOSED = "closed"
    CANCELLED = "cancelled"


_B = BatchState
# From the moment that somebody has the file, the bank may have it too.
BATCH = Machine(
    "bank_batch",
    BatchState,
    _B.DRAFTED,
    (
        Transition("approve", (_B.DRAFTED,), _B.APPROVED, ("second person",)),
        Transition("send", (_B.APPROVED,), _B.SENT, ("staff",)),
        Transition("close", (_B.SENT,), _B.CLOSED, ("bank",)),
        Transition("cancel", (_B.DRAFTED, _B.APPROVED), _B.CANCELLED, ("staff",)),
    ),
)


class UploadState(StrEnum):
    PREVIEWED = "previewed"
    BOOKED = "booked"
    DISCARDED = "discarded"


_U = UploadState
UPLOAD = Machine(
    "bank_upload",
    UploadState,
    _U.PREVIEWED,
    (
        Transition("book", (_U.PREVIEWED,), _U.BOOKED, ("staff",)),
        Transition("discard", (_U.PREVIEWED,), _U.DISCARDED, ("staff",)),
    ),
)


class LineState(StrEnum):
    MATCHED = "matched"
    MISMATCHED = "mismatched"
    UNMATCHED = "unmatched"
    PROPOSED = "proposed"
    ASSIGNED = "assigned"
    SENDING_BACK = "sending_back"
    SENT_BACK = "sent_back"


_L = LineState
IN_SUSPENSE = (_L.MISMATCHED, _L.UNMATCHED)
# A line that came with another amount than was asked for belongs to its payment already: it can only go back.
LINE = Machine(
    "bank_line",
    LineState,
    _L.UNMATCHED,
    (
        Transition("match", (_L.UNMATCHED,), _L.MATCHED, ("bank",)),
        Transition("mismatch", (_L.UNMATCHED,), _L.MISMATCHED, ("bank",)),
        Transition("propose", (_L.UNMATCHED, _L.MISMATCHED), _L.PROPOSED, ("staff",)),
        Transition("decline", (_L.PROPOSED,), _L.UNMATCHED, ("second person",)),
        Transition("decline_mismatched", (_L.PROPOSED,), _L.MISMATCHED, ("second person",)),
        Transition("assign", (_L.PROPOSED,), _L.ASSIGNED, ("second person",)),
        Transition("send_back", (_L.PROPOSED,), _L.SENDING_BACK, ("second person",)),
        Transition("finish", (_L.SENDING_BACK,), _L.SENT_BACK, ("bank",)),
        Transition("come_back", (_L.SENDING_BACK, _L.SENT_BACK), _L.UNMATCHED, ("bank",)),
    ),
)
