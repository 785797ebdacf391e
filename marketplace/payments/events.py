"""What happens to money on its way in and back out."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class FundingRequested(DomainEvent):
    name = "funding.requested"
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class FundingSubmitted(DomainEvent):
    name = "funding.submitted"
    handled = False
    checkout: str


@dataclass(frozen=True, kw_only=True)
class FundingPaid(DomainEvent):
    name = "funding.paid"
    charge: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ContractPaid(DomainEvent):
    """A payment (`aggregate`) for one contract arrived and stands in its protected funds."""

    name = "funding.contract_paid"
    contract: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TransferCreated(DomainEvent):
    """A payee's part of a release waits to go to her account."""

    name = "transfer.created"
    handled = False
    contract: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TransferHeld(DomainEvent):
    name = "transfer.held"
    handled = False
    hold: str
    until: str


@dataclass(frozen=True, kw_only=True)
class TransferLetGo(DomainEvent):
    """What held it is over: it may go."""

    name = "transfer.let_go"
    handled = False


@dataclass(frozen=True, kw_only=True)
class FundingNotPaid(DomainEvent):
    """Declined, expired or given up: nothing was charged."""

    name = "funding.not_paid"
    handled = False
    why: str


@dataclass(frozen=True, kw_only=True)
class FundingMismatched(DomainEvent):
    """Another amount or currency arrived than was asked: it waits in suspense."""

    name = "funding.mismatched"
    charge: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class RefundRequested(DomainEvent):
    name = "refund.requested"
    amount_minor: int
    currency: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class RefundSent(DomainEvent):
    name = "refund.sent"
    handled = False
    provider_refund: str


@dataclass(frozen=True, kw_only=True)
class RefundDone(DomainEvent):
    name = "refund.done"


@dataclass(frozen=True, kw_only=True)
class RefundReturned(DomainEvent):
    """The provider refused for good; the money is in the wallet again."""

    name = "refund.returned"
    why: str


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(DomainEvent):
    """A money action waits for a second person."""

    name = "approval.asked"
    kind: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ApprovalGranted(DomainEvent):
    name = "approval.granted"
    result: str


@dataclass(frozen=True, kw_only=True)
class ApprovalClosed(DomainEvent):
    """Declined, withdrawn or not answered in time: nothing has moved."""

    name = "approval.closed"
    how: str


@dataclass(frozen=True, kw_only=True)
class ApprovalLimitChanged(DomainEvent):
    name = "approval.limit_changed"
    handled = False
    currency: str
    limit_minor: int | None


@dataclass(frozen=True, kw_only=True)
class LotAgeing(DomainEvent):
    """Day 60 of an unused lot."""

    name = "lot.ageing"
    remaining_minor: int
    currency: str
    goes_back_on: str


@dataclass(frozen=True, kw_only=True)
class ProtectedLotDue(DomainEvent):
    """Day 85 of money that protects a contract: it is decided now where it goes."""

    name = "lot.protected_due"
    contract: str


@dataclass(frozen=True, kw_only=True)
class ReserveLapsed(DomainEvent):
    """Day 85 of money that was reserved for a V task (`aggregate`): it is on its way back to its source."""

    name = "reserve.lapsed"
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class WebhookReceived(DomainEvent):
    name = "webhook.received"
    type: str
