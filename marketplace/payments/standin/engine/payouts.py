"""From a payee's account to her bank: gone at once, there after a while; what comes back is hers again here."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from marketplace.payments.standin.engine import books, clock, events, ids, snapshots
from marketplace.payments.standin.engine.errors import Refusal, conflict, missing
from marketplace.payments.standin.models import Payee, Payout, Posting

Status = Payout.Status


@transaction.atomic
def create(
    *,
    payee_id: str,
    amount_minor: int,
    currency: str,
    reference: str,
    arrives_in: timedelta | None = None,
    outcome: Status = Status.PAID,
) -> Payout:
    """Send it off. The payee's row is locked: two payouts of the same money queue up, and the second is refused."""
    payee = Payee.objects.select_for_update().filter(pk=payee_id).first()
    if payee is None:
        raise missing("payee", payee_id)
    if not payee.payouts_enabled:
        raise Refusal("payouts_disabled", "This payee cannot be paid out.", status=402)
    there = books.balance_of_payee(payee_id, currency)
    if amount_minor > there:
        raise conflict("balance_insufficient", f"{there} stand there, {amount_minor} was asked for.")
    moment = clock.now()
    row = Payout.objects.create(
        id=ids.new("pyo"),
        payee=payee,
        status=Status.IN_TRANSIT,
        amount_minor=amount_minor,
        currency=currency,
        reference=reference,
        last4=payee.last4,
        created_at=moment,
        # In a history it would have arrived long ago: when, its teller says, within the usual time from now.
        arrives_at=clock.present() + (arrives_in or timedelta(seconds=settings.STANDIN.payout_seconds)),
        settles_to=outcome,
    )
    _post(Posting.Kind.PAYOUT, row)
    events.record("payout.created", snapshots.payout(row))
    return row


def get(payout_id: str) -> Payout:
    """One payout, or a refusal."""
    row = Payout.objects.filter(pk=payout_id).first()
    if row is None:
        raise missing("payout", payout_id)
    return row


@transaction.atomic
def settle(payout_id: str) -> None:
    """Let one that is due arrive, or come back, as it was going to."""
    row = _lock(payout_id)
    if row.status != Status.IN_TRANSIT or row.arrives_at > clock.now():
        return
    if row.settles_to == Status.FAILED:
        _come_back(row, "account_closed")
    else:
        _move(row, Status.PAID)


@transaction.atomic
def arrive(payout_id: str) -> Payout:
    """The bank outside has it. Twice is once."""
    row = _lock(payout_id)
    if row.status == Status.PAID:
        return row
    if row.status != Status.IN_TRANSIT:
        raise conflict("payout_over", f"This payout is {row.status}.")
    return _move(row, Status.PAID)


@transaction.atomic
def fail(payout_id: str, *, code: str = "account_closed") -> Payout:
    """The bank outside sends it back, also after it had taken it. Twice is once."""
    row = _lock(payout_id)
    return row if row.status == Status.FAILED else _come_back(row, code)


def due_to_settle(moment: datetime) -> list[str]:
    """Payouts whose outcome is due."""
    due = Payout.objects.filter(status=Status.IN_TRANSIT, arrives_at__lte=moment)
    return list(due.order_by("arrives_at").values_list("pk", flat=True)[:100])


def _lock(payout_id: str) -> Payout:
    row = Payout.objects.select_for_update().filter(pk=payout_id).first()
    if row is None:
        raise missing("payout", payout_id)
    return row


def _come_back(row: Payout, code: str) -> Payout:
    row.failure_code = code[:40]
    _post(Posting.Kind.PAYOUT_RETURNED, row)
    return _move(row, Status.FAILED)


def _move(row: Payout, status: Status) -> Payout:
    row.status = status
    row.save(update_fields=["status", "failure_code"])
    events.record(f"payout.{status}", snapshots.payout(row))
    return row


def _post(kind: Posting.Kind, row: Payout) -> None:
    books.post(
        kind,
        subject=row.id,
        reference=row.reference,
        amount_minor=row.amount_minor,
        currency=row.currency,
        payee=row.payee_id,
    )
