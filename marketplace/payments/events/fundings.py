"""A payment in."""

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
    checkout: str


@dataclass(frozen=True, kw_only=True)
class FundingPaid(DomainEvent):
    name = "funding.paid"
    charge: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class ContractPaid(DomainEvent):
    """A payment (`aggregate`) for one contract, or for a part of it, arrived and stands in its protected funds."""

    name = "funding.contract_paid"
    contract: str
    part: str = ""
    amount_minor: int
    currency: str


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
