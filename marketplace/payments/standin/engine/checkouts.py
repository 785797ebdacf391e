"""A checkout's life: opened, then paid, declined, cancelled or expired, perhaps with a while of processing."""

from datetime import datetime, timedelta

from django.db import transaction

from marketplace.payments.standin.engine import books, clock, events, ids, snapshots
from marketplace.payments.standin.engine.errors import conflict, missing
from marketplace.payments.standin.models import Charge, Checkout, Posting

Status = Checkout.Status


@transaction.atomic
def create(*, expires_in: timedelta, **fields: object) -> Checkout:
    """Open a checkout. The dialect has checked the fields' shapes."""
    # One that is told of the past is open as long as any other: its teller pays it in a moment.
    expires_at = clock.present() + expires_in
    row = Checkout.objects.create(id=ids.new("chk"), created_at=clock.now(), expires_at=expires_at, **fields)
    events.record("checkout.created", snapshots.checkout(row))
    return row


def get(checkout_id: str) -> Checkout:
    """One checkout, or a refusal."""
    row = Checkout.objects.filter(pk=checkout_id).first()
    if row is None:
        raise missing("checkout", checkout_id)
    return row


@transaction.atomic
def pay(checkout_id: str) -> Checkout:
    """The payer pays. Twice is once: a checkout that is paid or on its way stays as it is."""
    row = _lock(checkout_id)
    if row.status in (Status.PAID, Status.PROCESSING):
        return row
    _require_open(row)
    return _collect(row)


@transaction.atomic
def pay_later(checkout_id: str, *, after: timedelta, outcome: Status = Status.PAID) -> Checkout:
    """The payer pays by something slow: the outcome comes later, by itself."""
    row = _lock(checkout_id)
    if row.status in (Status.PAID, Status.PROCESSING):
        return row
    _require_open(row)
    row.settles_at, row.settles_to = clock.now() + after, outcome
    return _move(row, Status.PROCESSING)


@transaction.atomic
def decline(checkout_id: str) -> Checkout:
    """The card's bank says no. Nothing is charged."""
    return _end(checkout_id, Status.DECLINED)


@transaction.atomic
def cancel(checkout_id: str) -> Checkout:
    """The payer goes back without paying."""
    return _end(checkout_id, Status.CANCELLED)


@transaction.atomic
def expire(checkout_id: str) -> Checkout:
    """Whoever opened it closes it, or its time is over."""
    row = _lock(checkout_id)
    if row.status == Status.EXPIRED:
        return row
    if row.status != Status.OPEN:
        raise conflict("checkout_not_open", f"This checkout is {row.status}.")
    return _move(row, Status.EXPIRED)


@transaction.atomic
def settle(checkout_id: str) -> Checkout:
    """Let a processing checkout come out as it was going to."""
    row = _lock(checkout_id)
    if row.status != Status.PROCESSING or row.settles_at > clock.now():
        return row
    return _collect(row) if row.settles_to == Status.PAID else _move(row, Status.DECLINED)


def due_to_settle(moment: datetime) -> list[str]:
    """Processing checkouts whose outcome is due."""
    due = Checkout.objects.filter(status=Status.PROCESSING, settles_at__lte=moment)
    return list(due.order_by("settles_at").values_list("pk", flat=True)[:100])


def due_to_expire(moment: datetime) -> list[str]:
    """Open checkouts whose time is over."""
    due = Checkout.objects.filter(status=Status.OPEN, expires_at__lte=moment)
    return list(due.order_by("expires_at").values_list("pk", flat=True)[:100])


def _lock(checkout_id: str) -> Checkout:
    row = Checkout.objects.select_for_update().filter(pk=checkout_id).first()
    if row is None:
        raise missing("checkout", checkout_id)
    return row


def _require_open(row: Checkout) -> None:
    # The worker may not have swept yet: the clock decides, not the sweep.
    over = row.status == Status.OPEN and row.expires_at <= clock.now()
    if row.status != Status.OPEN or over:
        raise conflict("checkout_not_open", f"This checkout is {'expired' if over else row.status}.")


def _end(checkout_id: str, status: Status) -> Checkout:
    row = _lock(checkout_id)
    if row.status == status:
        return row
    _require_open(row)
    return _move(row, status)


def _collect(row: Checkout) -> Checkout:
    charge = Charge.objects.create(
        id=ids.new("chg"),
        checkout=row,
        amount_minor=row.amount_minor,
        currency=row.currency,
        reference=row.reference,
        created_at=clock.now(),
    )
    books.post(
        Posting.Kind.CHARGE,
        subject=charge.id,
        reference=row.reference,
        amount_minor=row.amount_minor,
        currency=row.currency,
    )
    events.record("charge.created", snapshots.charge(charge))
    return _move(row, Status.PAID)


def _move(row: Checkout, status: Status) -> Checkout:
    row.status = status
    row.save(update_fields=["status", "settles_at", "settles_to"])
    events.record(f"checkout.{status}", snapshots.checkout(row))
    return row
