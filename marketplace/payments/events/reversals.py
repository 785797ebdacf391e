"""A transfer that is taken back from its payee."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class TransferTakenBack(DomainEvent):
    """Finance staff decided that a payee gives a transfer back; `owed` when it has left her account already."""

    name = "transfer.taken_back"
    transfer: str
    owed: bool
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class TransferReversalDone(DomainEvent):
    name = "transfer_reversal.done"


@dataclass(frozen=True, kw_only=True)
class TransferReversalRefused(DomainEvent):
    """The provider refused: the payee has less there. It is hers as before."""

    name = "transfer_reversal.refused"
    why: str
