"""A payment that the payer's bank takes back, and our answer."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class ChargebackOpened(DomainEvent):
    """A payer asks her bank for a payment back, or (an inquiry) what it was."""

    name = "chargeback.opened"
    is_inquiry: bool
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ChargebackTaken(DomainEvent):
    """The provider took it: what of it stood where. The money of these contracts stands still."""

    name = "chargeback.taken"
    contracts: list[str]
    taken_minor: int
    debt_minor: int
    unmatched_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ChargebackReinstated(DomainEvent):
    """The provider gave it back: it is again where it was."""

    name = "chargeback.reinstated"
    contracts: list[str]
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ChargebackMoved(DomainEvent):
    """The payer's bank looks at our answer, or an inquiry became a chargeback."""

    name = "chargeback.moved"
    handled = False
    status: str


@dataclass(frozen=True, kw_only=True)
class ChargebackClosed(DomainEvent):
    """Won, lost, or closed without either. What of a lost one stood under `contracts` has covered it."""

    name = "chargeback.closed"
    how: str
    contracts: list[str]
    fee_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ChargebackContradicted(DomainEvent):
    """The provider's lines no longer say what it had decided: a person looks at it, nothing is booked."""

    name = "chargeback.contradicted"
    lines: int


@dataclass(frozen=True, kw_only=True)
class EvidenceWanted(DomainEvent):
    """What the platform knows about the deal behind a chargeback is to be gathered, anew."""

    name = "evidence.wanted"


@dataclass(frozen=True, kw_only=True)
class EvidenceReminded(DomainEvent):
    """The day on which a chargeback must be answered comes near, and nobody has answered it."""

    name = "evidence.reminded"
    days: int


@dataclass(frozen=True, kw_only=True)
class EvidenceWritten(DomainEvent):
    name = "evidence.written"
    handled = False


@dataclass(frozen=True, kw_only=True)
class EvidenceAsked(DomainEvent):
    """It is to be handed in; `by_clock` on the last day, because nobody did."""

    name = "evidence.asked"
    by_clock: bool


@dataclass(frozen=True, kw_only=True)
class EvidenceSent(DomainEvent):
    """The provider has it."""

    name = "evidence.sent"
    handled = False


@dataclass(frozen=True, kw_only=True)
class EvidenceRefused(DomainEvent):
    name = "evidence.refused"
    why: str
