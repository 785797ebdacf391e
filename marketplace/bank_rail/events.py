"""What the bank did, as its statements and confirmations say, and what finance decided about it."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PayInOpened(DomainEvent):
    """A payer was told where to transfer what, and which words to write."""

    name = "bank_pay_in.opened"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayInPaid(DomainEvent):
    """A line of the statement carries its words."""

    name = "bank_pay_in.paid"
    line: str


@dataclass(frozen=True, kw_only=True)
class PayInExpired(DomainEvent):
    """Nothing came in its time."""

    name = "bank_pay_in.expired"


@dataclass(frozen=True, kw_only=True)
class AccountNamed(DomainEvent):
    """A payee named the account that she is paid to."""

    name = "bank_payee.named"
    reference: str


@dataclass(frozen=True, kw_only=True)
class OrderQueued(DomainEvent):
    """It goes with the next file."""

    name = "bank_order.queued"
    handled = False
    kind: str


@dataclass(frozen=True, kw_only=True)
class OrderBatched(DomainEvent):
    name = "bank_order.batched"
    handled = False
    batch: str


@dataclass(frozen=True, kw_only=True)
class OrderPutBack(DomainEvent):
    name = "bank_order.put_back"
    handled = False
    batch: str


@dataclass(frozen=True, kw_only=True)
class OrderPaid(DomainEvent):
    name = "bank_order.paid"
    kind: str
    reference: str


@dataclass(frozen=True, kw_only=True)
class OrderFailed(DomainEvent):
    """The bank could not, or sent back what it had called paid."""

    name = "bank_order.failed"
    kind: str
    reference: str
    was_paid: bool
    why: str


@dataclass(frozen=True, kw_only=True)
class BatchDrafted(DomainEvent):
    """It waits for somebody else of finance."""

    name = "bank_batch.drafted"
    orders: int
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class BatchApproved(DomainEvent):
    name = "bank_batch.approved"
    handled = False


@dataclass(frozen=True, kw_only=True)
class BatchSent(DomainEvent):
    """Somebody has its file: the bank may have it too."""

    name = "bank_batch.sent"
    handled = False


@dataclass(frozen=True, kw_only=True)
class BatchDownloaded(DomainEvent):
    name = "bank_batch.downloaded"
    handled = False


@dataclass(frozen=True, kw_only=True)
class BatchCancelled(DomainEvent):
    name = "bank_batch.cancelled"
    handled = False


@dataclass(frozen=True, kw_only=True)
class BatchClosed(DomainEvent):
    """The bank has answered for each of its orders."""

    name = "bank_batch.closed"
    handled = False


@dataclass(frozen=True, kw_only=True)
class UploadPreviewed(DomainEvent):
    name = "bank_upload.previewed"
    handled = False
    kind: str


@dataclass(frozen=True, kw_only=True)
class UploadDiscarded(DomainEvent):
    name = "bank_upload.discarded"
    handled = False


@dataclass(frozen=True, kw_only=True)
class StatementBooked(DomainEvent):
    """`unmatched` of its lines nobody asked for."""

    name = "bank_upload.statement_booked"
    lines: int
    unmatched: int


@dataclass(frozen=True, kw_only=True)
class ConfirmationBooked(DomainEvent):
    name = "bank_upload.confirmation_booked"
    handled = False
    paid: int
    failed: int


@dataclass(frozen=True, kw_only=True)
class LineUnmatched(DomainEvent):
    """Money came, and nobody knows for what."""

    name = "bank_line.unmatched"
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class LineProposed(DomainEvent):
    """One of finance says what it is; another decides."""

    name = "bank_line.proposed"
    what: str


@dataclass(frozen=True, kw_only=True)
class LineDeclined(DomainEvent):
    name = "bank_line.declined"
    handled = False


@dataclass(frozen=True, kw_only=True)
class LineAssigned(DomainEvent):
    """It was for this payment after all."""

    name = "bank_line.assigned"
    pay_in: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class LineGoesBack(DomainEvent):
    """An order sends it to the account that it came from. `known` is whether a payment had it."""

    name = "bank_line.goes_back"
    order: str
    known: bool
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class LineCameBack(DomainEvent):
    """It could not be sent back: somebody must look again."""

    name = "bank_line.came_back"
    handled = False
    order: str
