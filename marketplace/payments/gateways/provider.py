"""What Mooring asks of any provider of payments."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, Protocol, runtime_checkable

from marketplace.core.money import Money
from marketplace.payments.answers import (
    Checkout,
    ProviderChargeback,
    ProviderEvent,
    ProviderPayee,
    ProviderPayout,
    ProviderRefund,
    ProviderReversal,
    ProviderTransfer,
    Subject,
)
from marketplace.payments.statement import ClosingBalance, StatementLine


class Provider(Protocol):
    """Every call has a timeout and fails as ProviderRetryable, ProviderFinal or ProviderUnknown, nothing else.

    `find_…` looks for what carries our reference: what else it is told narrows the look. `group` is what a payment and
    the transfers out of it have in common.
    """

    name: str

    def create_checkout(
        self,
        *,
        key: str,
        money: Money,
        reference: str,
        description: str,
        payer: str,
        success_url: str,
        cancel_url: str,
        group: str,
    ) -> Checkout: ...

    def get_checkout(self, checkout_id: str) -> Checkout: ...

    def find_checkout(self, reference: str, *, since: datetime) -> Checkout | None: ...

    def create_refund(self, *, key: str, charge: str, money: Money, reference: str, reason: str) -> ProviderRefund: ...

    def get_refund(self, refund_id: str) -> ProviderRefund: ...

    def find_refund(self, reference: str, *, charge: str) -> ProviderRefund | None: ...

    def create_payee(self, *, key: str, reference: str, label: str, email: str, country: str) -> ProviderPayee:
        """`country` is two letters, or empty where it is not known: then she names it herself."""
        ...

    def get_payee(self, payee_id: str) -> ProviderPayee: ...

    def find_payee(self, reference: str) -> ProviderPayee | None: ...

    def payee_page(self, payee_id: str, *, key: str, return_url: str) -> str:
        """The address of the provider's own page on which she names her account; good for minutes, and once."""
        ...

    def create_transfer(
        self, *, key: str, payee: str, charge: str, money: Money, reference: str, group: str
    ) -> ProviderTransfer: ...

    def get_transfer(self, transfer_id: str) -> ProviderTransfer: ...

    def find_transfer(self, reference: str, *, group: str) -> ProviderTransfer | None: ...

    def reverse_transfer(self, transfer_id: str, *, key: str, money: Money, reference: str) -> ProviderReversal:
        """From the payee's account back to the platform; refused when she has less there."""
        ...

    def find_reversal(self, reference: str, *, transfer_id: str) -> ProviderReversal | None: ...

    def create_payout(self, *, key: str, payee: str, money: Money, reference: str) -> ProviderPayout: ...

    def get_payout(self, payout_id: str, *, payee: str) -> ProviderPayout: ...

    def find_payout(self, reference: str, *, payee: str) -> ProviderPayout | None: ...

    def events_after(self, event_id: str) -> Iterable[ProviderEvent]: ...

    def read_webhook(self, body: bytes, signature: str, *, door: str) -> ProviderEvent:
        """Raises BadSignature. Each door has secrets of its own."""
        ...

    def subject_of(self, payload: Mapping[str, Any]) -> Subject | None:
        """What a stored event speaks of; None for what is nothing to us."""
        ...

    def greet(self) -> str:
        """For operators, in words: who answers."""
        ...


@runtime_checkable
class HearsChargebacks(Protocol):
    """A provider of cards: a payer may have her bank take a payment back."""

    def get_chargeback(self, chargeback_id: str) -> ProviderChargeback: ...

    def submit_evidence(self, chargeback_id: str, *, key: str, evidence: Mapping[str, str]) -> ProviderChargeback:
        """Hand it in; there is no more to say afterwards. The names are those of `payments/evidence.py`."""
        ...


@runtime_checkable
class KeepsStatement(Protocol):
    """A provider whose own books can be read line by line, and so compared with ours."""

    def statement(self, after: str, payees: Iterable[str] = ()) -> Iterable[StatementLine | ClosingBalance]:
        """Every line behind the cursor `after` ("" is the beginning), each once, a page in memory at a time, and what
        stands on the accounts of `payees` once their lines were read."""
        ...
