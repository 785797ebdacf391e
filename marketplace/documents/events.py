"""What happens to documents. They are issued, and nothing else ever happens to them."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class DocumentIssued(DomainEvent):
    name = "document.issued"
    kind: str
    number: str


@dataclass(frozen=True, kw_only=True)
class FeeReturned(DomainEvent):
    """Finance staff gave the platform's fee of one release back to the merchant."""

    name = "fee.returned"
    handled = False
    release: str
    fee_minor: int
    vat_minor: int
    currency: str
