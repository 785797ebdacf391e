"""A balance transaction as lines of a statement: what moved, and what Stripe kept of it.

Types: https://docs.stripe.com/reports/balance-transaction-types
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from marketplace.payments.gateways.stripe_connect.objects import money, reference_of
from marketplace.payments.statement import LineKind, StatementLine

ON_THE_PLATFORM = {
    "charge": LineKind.CHARGE,
    "payment": LineKind.CHARGE,
    "refund": LineKind.REFUND,
    "payment_refund": LineKind.REFUND,
    "refund_failure": LineKind.REFUND_RETURNED,
    "transfer": LineKind.TRANSFER,
    "transfer_refund": LineKind.TRANSFER_REVERSED,
    "stripe_fee": LineKind.FEE,
}
ON_A_PAYEES = {
    "payout": LineKind.PAYOUT,
    "payout_failure": LineKind.PAYOUT_RETURNED,
    "payout_cancel": LineKind.PAYOUT_RETURNED,
}
# The other half of a transfer and of one taken back: their lines on the platform are compared.
MIRRORED = frozenset({"payment", "payment_refund"})


def read(line: Any, *, payee: str, before: str, behind: str) -> Iterator[StatementLine]:
    """Of the platform's account, or of a payee's. Reading goes on `behind` it once all of it was read, until then
    `before` it. A type that we do not know is of nothing of ours, and its reference says which it is."""
    if payee and line.type in MIRRORED:
        return
    source = None if isinstance(line.source, str) else line.source
    facts = {
        "subject": (source.id if source else line.source) or line.id,
        "reference": _reference(line, source),
        "posted_at": datetime.fromtimestamp(line.created, tz=UTC),
        "payee": payee,
    }
    kind = _kind(line, source, ON_A_PAYEES if payee else ON_THE_PLATFORM)
    moved = money(line.amount, line.currency)
    yield StatementLine(line=line.id, cursor=before if line.fee else behind, kind=kind, money=moved, **facts)
    if line.fee:
        kept = money(-line.fee, line.currency)
        yield StatementLine(line=f"{line.id} fee", cursor=behind, kind=LineKind.FEE, money=kept, **facts)


def _kind(line: Any, source: Any, known: dict[str, LineKind]) -> LineKind:
    if _is_dispute(line, source):
        return LineKind.CHARGEBACK
    return known.get(line.type, LineKind.OTHER)


def _reference(line: Any, source: Any) -> str:
    """Ours; a dispute, which we never gave one, is called by its own name."""
    if _is_dispute(line, source):
        return str(source.id)
    given = reference_of(source) if getattr(source, "metadata", None) else ""
    return given or f"{line.type} {line.id}"


def _is_dispute(line: Any, source: Any) -> bool:
    return line.type == "adjustment" and getattr(source, "object", "") == "dispute"
