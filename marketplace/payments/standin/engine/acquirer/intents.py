"""An amount to be paid, and the attempts to pay it. Every function runs under the lock of the intent's session."""

from datetime import timedelta

from django.conf import settings

from marketplace.payments.standin.engine import clock, ids
from marketplace.payments.standin.engine.acquirer import fees, ledger
from marketplace.payments.standin.engine.acquirer.announce import happened
from marketplace.payments.standin.engine.errors import missing
from marketplace.payments.standin.models import Account, CardCharge, CardIntent, CardSession, Posting

Status = CardIntent.Status


def of(session: CardSession) -> CardIntent:
    """The session's intent, made when the payer tries for the first time."""
    if session.intent_id:
        return CardIntent.objects.select_for_update().get(pk=session.intent_id)
    row = CardIntent.objects.create(
        id=ids.new("pi"),
        amount_minor=session.amount_minor,
        currency=session.currency,
        created_at=clock.now(),
        **session.intent_fields,
    )
    session.intent = row
    session.save(update_fields=["intent"])
    happened("payment_intent.created", row)
    return row


def get(intent_id: str) -> CardIntent:
    """One intent, or a refusal."""
    row = CardIntent.objects.filter(pk=intent_id).first()
    if row is None:
        raise missing("payment_intent", intent_id)
    return row


def succeed(row: CardIntent, *, method: str, charge: CardCharge | None = None) -> CardCharge:
    """The money comes, less the fee, and can be used after a while."""
    charge = charge or _attempt(row, CardCharge.Status.SUCCEEDED, method)
    charge.status = CardCharge.Status.SUCCEEDED
    charge.fee_minor = fees.of_charge(row.amount_minor)
    charge.available_at = clock.now() + timedelta(seconds=settings.STANDIN.available_seconds)
    charge.save()
    ledger.move(
        Posting.Kind.CHARGE,
        subject=charge.id,
        reference=row.transfer_group or row.session.reference,
        currency=row.currency,
        outside=Account.Kind.CARDS,
        changes=[
            ledger.Change(
                owner=ledger.PLATFORM,
                kind="charge",
                amount_minor=row.amount_minor,
                fee_minor=charge.fee_minor,
                source=charge.id,
                description=row.description,
                available_at=charge.available_at,
            )
        ],
    )
    row.failure_code = ""
    _move(row, Status.SUCCEEDED)
    happened("charge.succeeded", charge)
    happened("payment_intent.succeeded", row)
    return charge


def fail(row: CardIntent, *, code: str, method: str, charge: CardCharge | None = None) -> CardCharge:
    """This attempt brought nothing; the next one may."""
    charge = charge or _attempt(row, CardCharge.Status.FAILED, method)
    charge.status, charge.failure_code = CardCharge.Status.FAILED, code
    charge.save()
    row.failure_code = code
    _move(row, Status.WAITING)
    happened("charge.failed", charge)
    happened("payment_intent.payment_failed", row)
    return charge


def challenge(row: CardIntent) -> None:
    """The card's bank wants to see its holder first."""
    _move(row, Status.CHALLENGED)
    happened("payment_intent.requires_action", row)


def process(row: CardIntent, *, method: str, after: timedelta, well: bool) -> None:
    """The payer did her part; whether the money comes is known later."""
    charge = _attempt(row, CardCharge.Status.PENDING, method)
    row.settles_at, row.settles_well = clock.now() + after, well
    _move(row, Status.PROCESSING)
    happened("charge.pending", charge)
    happened("payment_intent.processing", row)


def cancel(row: CardIntent) -> None:
    """Nobody will pay it any more."""
    row.canceled_at = clock.now()
    _move(row, Status.CANCELED)
    happened("payment_intent.canceled", row)


def latest_charge(row: CardIntent) -> CardCharge | None:
    """The last attempt."""
    return row.charges.order_by("-created_at", "-pk").first()


def _attempt(row: CardIntent, status: CardCharge.Status, method: str) -> CardCharge:
    return CardCharge.objects.create(
        id=ids.new("ch" if method == "card" else "py"),
        intent=row,
        status=status,
        method=method,
        amount_minor=row.amount_minor,
        currency=row.currency,
        created_at=clock.now(),
    )


def _move(row: CardIntent, status: CardIntent.Status) -> None:
    row.status = status
    row.save()
