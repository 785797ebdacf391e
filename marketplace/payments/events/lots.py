"""What becomes of money that nobody used, or that was set aside."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


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
class WalletRefilled(DomainEvent):
    """Money is free in the wallet of `party` again: of a V task's budget, or of a transfer taken back (`aggregate`)."""

    name = "wallet.refilled"
    party: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ReserveChargedBack(DomainEvent):
    """What was set aside for a V task (`aggregate`) was taken by a payer's bank, or came back from there."""

    name = "reserve.charged_back"
