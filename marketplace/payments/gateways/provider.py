"""What Mooring asks of any provider of payments, and the shapes of its answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from marketplace.core.money import Money


@dataclass(frozen=True, slots=True)
class Charge:
    id: str
    money: Money
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Checkout:
    """`status` is open, processing, paid, declined, expired or cancelled."""

    id: str
    status: str
    url: str
    reference: str
    money: Money
    charge: Charge | None


@dataclass(frozen=True, slots=True)
class ProviderRefund:
    """`status` is pending, succeeded or failed."""

    id: str
    status: str
    reference: str
    charge: str
    money: Money
    failure: str


@dataclass(frozen=True, slots=True)
class ProviderEvent:
    """Something changed at the provider: which kind of object, and its id."""

    id: str
    type: str
    object_kind: str
    object_id: str
    payload: Mapping[str, object]


class Provider(Protocol):
    """Every call has a timeout and fails as ProviderRetryable, ProviderFinal or ProviderUnknown, nothing else."""

    name: str

    def create_checkout(
        self, *, key: str, money: Money, reference: str, description: str, payer: str, success_url: str, cancel_url: str
    ) -> Checkout: ...

    def get_checkout(self, checkout_id: str) -> Checkout: ...

    def find_checkout(self, reference: str) -> Checkout | None: ...

    def create_refund(self, *, key: str, charge: str, money: Money, reference: str, reason: str) -> ProviderRefund: ...

    def get_refund(self, refund_id: str) -> ProviderRefund: ...

    def find_refund(self, reference: str) -> ProviderRefund | None: ...

    def events_after(self, event_id: str) -> Iterable[ProviderEvent]: ...

    def read_webhook(self, body: bytes, signature: str) -> ProviderEvent:
        """Raises BadSignature."""
        ...
