"""Refunds: never more than was charged. The money leaves at once, the fee stays, and what fails comes back."""

from datetime import datetime, timedelta

from django.db import transaction

from marketplace.payments.standin.engine import clock, ids
from marketplace.payments.standin.engine.acquirer import charges, ledger
from marketplace.payments.standin.engine.acquirer.announce import happened
from marketplace.payments.standin.engine.errors import Refusal, missing
from marketplace.payments.standin.models import Account, CardCharge, CardDispute, CardRefund, Posting

Status = CardRefund.Status


@transaction.atomic
def create(
    *,
    charge_id: str,
    amount_minor: int | None,
    reason: str,
    metadata: dict,
    settles_in: timedelta | None = None,
    well: bool = True,
) -> CardRefund:
    """Give back part of a charge, or all that is left of it; at once, or later when `settles_in` says so."""
    charge = charges.lock_paid(charge_id)
    left = charge.amount_minor - charge.refunded_minor
    if CardDispute.objects.filter(charge=charge).exclude(status=CardDispute.Status.WON).exists():
        raise Refusal("charge_disputed", f"Charge {charge.pk} has been charged back; it cannot be refunded.")
    if not left:
        raise Refusal("charge_already_refunded", f"Charge {charge.pk} has already been refunded.")
    amount_minor = left if amount_minor is None else amount_minor
    if amount_minor > left:
        raise Refusal(
            "refund_too_large",
            f"Refund amount ({amount_minor}) is greater than unrefunded amount on charge ({left})",
            field="amount",
        )
    moment = clock.now()
    row = CardRefund.objects.create(
        id=ids.new("re"),
        charge=charge,
        status=Status.PENDING if settles_in else Status.SUCCEEDED,
        amount_minor=amount_minor,
        currency=charge.currency,
        reason=reason,
        metadata=metadata,
        created_at=moment,
        settles_at=moment + settles_in if settles_in else None,
        settles_well=well,
    )
    _post(Posting.Kind.REFUND, row, "refund", -amount_minor)
    _change_refunded(charge, amount_minor)
    happened("refund.created", row)
    happened("charge.refunded", charge)
    return row


def get(refund_id: str) -> CardRefund:
    """One refund, or a refusal."""
    row = CardRefund.objects.select_related("charge").filter(pk=refund_id).first()
    if row is None:
        raise missing("refund", refund_id)
    return row


@transaction.atomic
def settle(refund_id: str) -> None:
    """Let a pending refund come out as it was going to."""
    charge = charges.lock_paid(get(refund_id).charge_id)
    row = CardRefund.objects.select_for_update().get(pk=refund_id)
    if row.status != Status.PENDING or row.settles_at > clock.now():
        return
    if not row.settles_well:
        _fail(row, charge)
        return
    row.status = Status.SUCCEEDED
    row.save(update_fields=["status"])
    happened("refund.updated", row)


@transaction.atomic
def fail(refund_id: str) -> CardRefund:
    """The card's bank sends it back, also after it had taken it. Twice is once."""
    charge = charges.lock_paid(get(refund_id).charge_id)
    row = CardRefund.objects.select_for_update().get(pk=refund_id)
    if row.status != Status.FAILED:
        _fail(row, charge)
    return row


def due_to_settle(moment: datetime) -> list[str]:
    """Pending refunds whose outcome is due."""
    due = CardRefund.objects.filter(status=Status.PENDING, settles_at__lte=moment)
    return list(due.order_by("settles_at").values_list("pk", flat=True)[:100])


def _fail(row: CardRefund, charge: CardCharge) -> None:
    row.status, row.failure_code = Status.FAILED, "lost_or_stolen_card"
    row.save(update_fields=["status", "failure_code"])
    _post(Posting.Kind.REFUND_RETURNED, row, "refund_failure", row.amount_minor)
    _change_refunded(charge, -row.amount_minor)
    happened("refund.updated", row)
    happened("refund.failed", row)


def _post(posted: Posting.Kind, row: CardRefund, kind: str, amount_minor: int) -> None:
    change = ledger.Change(owner=ledger.PLATFORM, kind=kind, amount_minor=amount_minor, source=row.pk)
    ledger.move(
        posted,
        subject=row.pk,
        reference=row.charge.intent.transfer_group,
        currency=row.currency,
        outside=Account.Kind.CARDS,
        changes=[change],
    )


def _change_refunded(charge: CardCharge, change: int) -> None:
    charge.refunded_minor += change
    charge.save(update_fields=["refunded_minor"])
