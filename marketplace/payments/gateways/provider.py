"""What Mooring asks of any provider of payments."""

from collections.abc import Iterable
from typing import Protocol

from marketplace.core.money import Money
from marketplace.payments.answers import Checkout, ProviderEvent, ProviderRefund


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
