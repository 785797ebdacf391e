"""The hosted page's life: open until the payer is through or its time is over."""

from datetime import datetime, timedelta

from django.db import transaction

from marketplace.payments.standin.engine import clock, ids
from marketplace.payments.standin.engine.acquirer import intents
from marketplace.payments.standin.engine.acquirer.announce import happened
from marketplace.payments.standin.engine.errors import conflict, missing
from marketplace.payments.standin.models import CardIntent, CardSession

Status = CardSession.Status
CARD, DEBIT = "card", "sepa_debit"  # a means that answers at once, and one that answers days later


@transaction.atomic
def create(*, expires_at: datetime, **fields: object) -> CardSession:
    """Open a session. The dialect has checked the fields' shapes."""
    return CardSession.objects.create(id=ids.new("cs_test"), created_at=clock.now(), expires_at=expires_at, **fields)


def get(session_id: str) -> CardSession:
    """One session, or a refusal."""
    row = CardSession.objects.select_related("intent").filter(pk=session_id).first()
    if row is None:
        raise missing("checkout.session", session_id)
    return row


def is_open(row: CardSession) -> bool:
    """Whether the payer can still do something. The clock decides, not the sweep."""
    return row.status == Status.OPEN and row.expires_at > clock.now()


@transaction.atomic
def pay(session_id: str) -> CardSession:
    """The card pays. Twice is once."""
    row = _lock(session_id)
    if row.status == Status.COMPLETE:
        return row
    _require_open(row)
    intents.succeed(intents.of(row), method=CARD)
    return _complete(row, paid=True)


@transaction.atomic
def decline(session_id: str, code: str = "generic_decline") -> CardSession:
    """The card's bank says no; the payer may try another card."""
    row = _lock(session_id)
    _require_open(row)
    intents.fail(intents.of(row), code=code, method=CARD)
    return row


@transaction.atomic
def challenge(session_id: str) -> CardSession:
    """The card's bank wants to see its holder: the second step comes."""
    row = _lock(session_id)
    _require_open(row)
    intent = intents.of(row)
    if intent.status != CardIntent.Status.CHALLENGED:
        intents.challenge(intent)
    return row


@transaction.atomic
def pay_later(session_id: str, *, after: timedelta, well: bool = True) -> CardSession:
    """Paid by a means that answers later: the session is complete, the money is not there."""
    row = _lock(session_id)
    if row.status == Status.COMPLETE:
        return row
    _require_open(row)
    intents.process(intents.of(row), method=DEBIT, after=after, well=well)
    return _complete(row, paid=False)


@transaction.atomic
def settle(intent_id: str) -> None:
    """Let a delayed payment come out as it was going to."""
    row = _lock(intents.get(intent_id).session.pk)
    intent = intents.of(row)
    if intent.status != CardIntent.Status.PROCESSING or intent.settles_at > clock.now():
        return
    charge = intents.latest_charge(intent)
    if intent.settles_well:
        intents.succeed(intent, method=DEBIT, charge=charge)
        row.paid = True
        row.save(update_fields=["paid"])
        happened("checkout.session.async_payment_succeeded", row)
    else:
        intents.fail(intent, code="insufficient_funds", method=DEBIT, charge=charge)
        happened("checkout.session.async_payment_failed", row)


@transaction.atomic
def expire(session_id: str) -> CardSession:
    """Whoever opened it closes it, or its time is over. What was begun is called off."""
    row = _lock(session_id)
    if row.status != Status.OPEN:
        raise conflict("session_not_open", f"Only an open Checkout Session can be expired; this one is {row.status}.")
    return _expire(row)


@transaction.atomic
def sweep(session_id: str) -> None:
    """Close a session whose time is over."""
    row = _lock(session_id)
    if row.status == Status.OPEN and row.expires_at <= clock.now():
        _expire(row)


def due_to_settle(moment: datetime) -> list[str]:
    """Intents whose outcome is due."""
    due = CardIntent.objects.filter(status=CardIntent.Status.PROCESSING, settles_at__lte=moment)
    return list(due.order_by("settles_at").values_list("pk", flat=True)[:100])


def due_to_expire(moment: datetime) -> list[str]:
    """Open sessions whose time is over."""
    due = CardSession.objects.filter(status=Status.OPEN, expires_at__lte=moment)
    return list(due.order_by("expires_at").values_list("pk", flat=True)[:100])


def _lock(session_id: str) -> CardSession:
    row = CardSession.objects.select_for_update().filter(pk=session_id).first()
    if row is None:
        raise missing("checkout.session", session_id)
    return row


def _require_open(row: CardSession) -> None:
    if not is_open(row):
        state = "expired" if row.status == Status.OPEN else row.status
        raise conflict("session_not_open", f"This Checkout Session is {state}.")


def _complete(row: CardSession, *, paid: bool) -> CardSession:
    row.status, row.paid = Status.COMPLETE, paid
    row.save(update_fields=["status", "paid"])
    happened("checkout.session.completed", row)
    return row


def _expire(row: CardSession) -> CardSession:
    row.status = Status.EXPIRED
    row.save(update_fields=["status"])
    if row.intent_id:
        intents.cancel(intents.of(row))
    happened("checkout.session.expired", row)
    return row
