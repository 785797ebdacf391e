"""Refunds: never more than was charged, and the money is gone from the platform until one fails."""

from datetime import datetime, timedelta

from django.db import transaction

from marketplace.payments.standin.engine import books, charges, clock, events, ids, snapshots
from marketplace.payments.standin.engine.errors import conflict, invalid, missing
from marketplace.payments.standin.models import Charge, Posting, Refund

Status = Refund.Status


@transaction.atomic
def create(
    *,
    charge_id: str,
    amount_minor: int,
    currency: str,
    reference: str,
    reason: str,
    settles_in: timedelta | None = None,
    outcome: Status = Status.SUCCEEDED,
) -> Refund:
    """Give back part or all of a charge; at once, or later when `settles_in` says so.

    The charge's row is locked, so that refunds which race for the same money queue up instead.
    """
    charge = charges.lock(charge_id)
    if currency != charge.currency:
        raise invalid("currency", f"the charge is in {charge.currency}")
    left = charge.left_minor
    if amount_minor > left:
        raise conflict("charge_exhausted", f"{left} of this charge is left, {amount_minor} was asked for.")
    moment = clock.now()
    row = Refund.objects.create(
        id=ids.new("rfd"),
        charge=charge,
        status=Status.PENDING if settles_in else Status.SUCCEEDED,
        amount_minor=amount_minor,
        currency=currency,
        reference=reference,
        reason=reason,
        created_at=moment,
        settles_at=moment + settles_in if settles_in else None,
        settles_to=outcome if settles_in else "",
    )
    _post(Posting.Kind.REFUND, row)
    _change_refunded(charge, amount_minor)
    events.record("refund.created", snapshots.refund(row))
    if row.status == Status.SUCCEEDED:
        events.record("refund.succeeded", snapshots.refund(row))
    return row


def get(refund_id: str) -> Refund:
    """One refund, or a refusal."""
    row = Refund.objects.filter(pk=refund_id).first()
    if row is None:
        raise missing("refund", refund_id)
    return row


@transaction.atomic
def settle(refund_id: str) -> None:
    """Let a pending refund come out as it was going to; one that fails puts the money back."""
    charge = charges.lock(get(refund_id).charge_id)
    row = Refund.objects.select_for_update().get(pk=refund_id)
    if row.status != Status.PENDING or row.settles_at > clock.now():
        return
    row.status = row.settles_to
    if row.status == Status.FAILED:
        row.failure_code = "account_closed"
        _post(Posting.Kind.REFUND_RETURNED, row)
        _change_refunded(charge, -row.amount_minor)
    row.save(update_fields=["status", "failure_code"])
    events.record(f"refund.{row.status}", snapshots.refund(row))


def due_to_settle(moment: datetime) -> list[str]:
    """Pending refunds whose outcome is due."""
    due = Refund.objects.filter(status=Status.PENDING, settles_at__lte=moment)
    return list(due.order_by("settles_at").values_list("pk", flat=True)[:100])


def _post(kind: Posting.Kind, row: Refund) -> None:
    books.post(kind, subject=row.id, reference=row.reference, amount_minor=row.amount_minor, currency=row.currency)


def _change_refunded(charge: Charge, change: int) -> None:
    charge.refunded_minor += change
    charge.save(update_fields=["refunded_minor"])
    events.record("charge.refunded", snapshots.charge(charge))
