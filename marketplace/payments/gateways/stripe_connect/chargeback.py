"""A payer who has her bank take a charge back: Stripe calls it a dispute."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from marketplace.core.money import Money
from marketplace.payments.answers import ChargebackStatus, ProviderChargeback
from marketplace.payments.gateways.stripe_connect.client import Client
from marketplace.payments.gateways.stripe_connect.objects import id_of, money, reference_of

PAYMENT = {"expand": ["payment_intent"]}
# https://docs.stripe.com/api/disputes/object#dispute_object-status
STATUS = {
    "warning_needs_response": ChargebackStatus.INQUIRY,
    "warning_under_review": ChargebackStatus.INQUIRY,
    "warning_closed": ChargebackStatus.CLOSED,
    "prevented": ChargebackStatus.CLOSED,
    "needs_response": ChargebackStatus.NEEDS_RESPONSE,
    "under_review": ChargebackStatus.UNDER_REVIEW,
    "won": ChargebackStatus.WON,
    "lost": ChargebackStatus.LOST,
}


def get(client: Client, dispute_id: str) -> ProviderChargeback:
    return read(client.call("dispute.get", lambda sdk: sdk.v1.disputes.retrieve(dispute_id, PAYMENT)))


def submit(client: Client, dispute_id: str, *, key: str, evidence: Mapping[str, str]) -> ProviderChargeback:
    answer = client.call(
        "dispute.update",
        lambda sdk: sdk.v1.disputes.update(
            dispute_id, {"evidence": dict(evidence), "submit": True, **PAYMENT}, {"idempotency_key": key}
        ),
    )
    return read(answer)


def read(dispute: Any) -> ProviderChargeback:
    lines = dispute.balance_transactions
    currency = lines[0].currency if lines else dispute.currency
    details = dispute.evidence_details
    return ProviderChargeback(
        id=dispute.id,
        status=STATUS[dispute.status],
        charge=id_of(dispute.charge),
        reference=reference_of(dispute.payment_intent) if dispute.payment_intent else "",
        money=money(dispute.amount, dispute.currency),
        taken=money(-sum(line.amount for line in lines), currency),
        fee=Money(sum(line.fee for line in lines), currency.upper()),
        lines=len(lines),
        reason=dispute.reason,
        due_at=datetime.fromtimestamp(details.due_by, tz=UTC) if details.due_by else None,
        submissions=details.submission_count,
        created_at=datetime.fromtimestamp(dispute.created, tz=UTC),
    )
