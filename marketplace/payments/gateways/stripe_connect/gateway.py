"""The Provider protocol, spoken to Stripe."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, ClassVar

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
from marketplace.payments.gateways.stripe_connect import (
    chargeback,
    checkout,
    events,
    payee,
    payout,
    refund,
    statement,
    transfer,
)
from marketplace.payments.gateways.stripe_connect.client import client
from marketplace.payments.statement import ClosingBalance, StatementLine


class StripeConnect:
    name: ClassVar[str] = "stripe"

    def __init__(self, *, key: str, base: str, secrets: Mapping[str, list[str]]) -> None:
        self._client = client(key, base)
        self._secrets = secrets

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
    ) -> Checkout:
        return checkout.create(
            self._client,
            key=key,
            amount=money,
            reference=reference,
            description=description,
            success_url=success_url,
            cancel_url=cancel_url,
            group=group,
        )

    def get_checkout(self, checkout_id: str) -> Checkout:
        return checkout.get(self._client, checkout_id)

    def find_checkout(self, reference: str, *, since: datetime) -> Checkout | None:
        return checkout.find(self._client, reference, since)

    def create_refund(self, *, key: str, charge: str, money: Money, reference: str, reason: str) -> ProviderRefund:
        return refund.create(self._client, key=key, charge=charge, amount=money, reference=reference, reason=reason)

    def get_refund(self, refund_id: str) -> ProviderRefund:
        return refund.get(self._client, refund_id)

    def find_refund(self, reference: str, *, charge: str) -> ProviderRefund | None:
        return refund.find(self._client, reference, charge)

    def create_payee(self, *, key: str, reference: str, label: str, email: str, country: str) -> ProviderPayee:
        return payee.create(self._client, key=key, reference=reference, label=label, email=email, country=country)

    def get_payee(self, payee_id: str) -> ProviderPayee:
        return payee.get(self._client, payee_id)

    def find_payee(self, reference: str) -> ProviderPayee | None:
        return payee.find(self._client, reference)

    def payee_page(self, payee_id: str, *, key: str, return_url: str) -> str:
        return payee.page(self._client, payee_id, key=key, return_url=return_url)

    def create_transfer(
        self, *, key: str, payee: str, charge: str, money: Money, reference: str, group: str
    ) -> ProviderTransfer:
        return transfer.create(
            self._client, key=key, payee=payee, charge=charge, amount=money, reference=reference, group=group
        )

    def get_transfer(self, transfer_id: str) -> ProviderTransfer:
        return transfer.get(self._client, transfer_id)

    def find_transfer(self, reference: str, *, group: str) -> ProviderTransfer | None:
        return transfer.find(self._client, reference, group)

    def reverse_transfer(self, transfer_id: str, *, key: str, money: Money, reference: str) -> ProviderReversal:
        return transfer.reverse(self._client, transfer_id, key=key, amount=money, reference=reference)

    def find_reversal(self, reference: str, *, transfer_id: str) -> ProviderReversal | None:
        return transfer.find_reversal(self._client, reference, transfer_id)

    def create_payout(self, *, key: str, payee: str, money: Money, reference: str) -> ProviderPayout:
        return payout.create(self._client, key=key, payee=payee, amount=money, reference=reference)

    def get_payout(self, payout_id: str, *, payee: str) -> ProviderPayout:
        return payout.get(self._client, payout_id, payee)

    def find_payout(self, reference: str, *, payee: str) -> ProviderPayout | None:
        return payout.find(self._client, reference, payee)

    def get_chargeback(self, chargeback_id: str) -> ProviderChargeback:
        return chargeback.get(self._client, chargeback_id)

    def submit_evidence(self, chargeback_id: str, *, key: str, evidence: Mapping[str, str]) -> ProviderChargeback:
        return chargeback.submit(self._client, chargeback_id, key=key, evidence=evidence)

    def events_after(self, event_id: str) -> Iterator[ProviderEvent]:
        return events.after(self._client, event_id)

    def statement(self, after: str, payees: Iterable[str] = ()) -> Iterator[StatementLine | ClosingBalance]:
        return statement.read(self._client, after, payees)

    def read_webhook(self, body: bytes, signature: str, *, door: str) -> ProviderEvent:
        return events.read(body, signature, self._secrets[door])

    def subject_of(self, payload: Mapping[str, Any]) -> Subject | None:
        return events.subject_of(payload, is_live=self._client.is_live)

    def greet(self) -> str:
        balance = self._client.call("balance.get", lambda sdk: sdk.v1.balance.retrieve())
        holds = ", ".join(sorted({part.currency.upper() for part in balance.available}))
        mode = "live" if self._client.is_live else "test"
        return f"Stripe answers in {mode} mode; its balance has {holds or 'nothing in any currency yet'}"
