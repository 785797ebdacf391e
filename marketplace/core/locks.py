"""The one lock order of the whole program. Whoever takes a lock out of order is told at once, not by a deadlock."""

import threading
from typing import TypeVar

from django.db import connection
from django.db.models import Model, QuerySet

ORDER = (
    "pause",
    "user",
    "legal_entity",
    "party",
    "approval",
    "representation",
    "verification",
    "campaign",
    "v_task",
    "application",
    "contract",
    "deliverable",
    "extra_round",
    "cancellation",
    "dispute",
    "review",
    "conversation",
    "product",
    "upload",
    "asset",
    "funding",
    "refund",
    "payout_run",
    "payout_member",
    "transfer",
    "transfer_reversal",
    "payout",
    "chargeback",
    "lot",
    "ledger",
    "reconciliation",
    "difference",
    "contract_template",
    "report",
    "objection",
    "message",
    "document_series",
    "bank_books",
)
_held = threading.local()

M = TypeVar("M", bound=Model)


class LockOutOfOrder(RuntimeError):
    """A lock was asked for after one that comes later in ORDER."""


def lock(queryset: QuerySet[M], rank: str) -> list[M]:
    """Lock every row of `queryset` in one statement, ordered by key, and return them.

    `FOR NO KEY UPDATE`: rows that only refer to these are not kept waiting. Raises LockOutOfOrder.
    """
    if not connection.in_atomic_block:
        raise LockOutOfOrder("a lock outside a transaction holds nothing")
    take(rank)
    return list(queryset.select_for_update(of=("self",), no_key=True).order_by("pk"))


def take(rank: str) -> None:
    place = ORDER.index(rank)
    held = getattr(_held, "place", -1)
    if place < held:
        raise LockOutOfOrder(f"{rank} after {ORDER[held]}")
    _held.place = place


def forget() -> None:
    """A new transaction holds nothing yet."""
    _held.place = -1
