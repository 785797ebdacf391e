"""What a party owes us."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class DebtArose(DomainEvent):
    """A party (`aggregate`) owes us something."""

    name = "debt.arose"
    debt: str
    why: str
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class DebtSettled(DomainEvent):
    """A part of what a party (`aggregate`) owed; `left_minor` of all its debts in this currency is left."""

    name = "debt.settled"
    how: str
    amount_minor: int
    left_minor: int
    currency: str
