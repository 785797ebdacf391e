"""From the platform to a payee, out of one charge, never more than is left of it, or out of
what stands on its account; and back by reversal."""

from django.db import transaction

from marketplace.payments.standin.engine import books, charges, clock, events, ids, payees, snapshots, turn
from marketplace.payments.standin.engine.errors import conflict, invalid, missing
from marketplace.payments.standin.models import Account, Charge, Posting, Reversal, Transfer


@transaction.atomic
def create(*, payee_id: str, charge_id: str, amount_minor: int, currency: str, reference: str) -> Transfer:
    """Move it at once. The charge's row is locked, so that what races for the same money queues up. Without a charge
    it is of what stands on the platform's account."""
    payee = payees.get(payee_id)
    charge = _drawn_on(charge_id, amount_minor, currency) if charge_id else None
    if charge is None:
        _require_standing(amount_minor, currency)
    row = Transfer.objects.create(
        id=ids.new("trf"),
        payee=payee,
        charge=charge,
        amount_minor=amount_minor,
        currency=currency,
        reference=reference,
        created_at=clock.now(),
    )
    _change_transferred(charge, amount_minor)
    _post(Posting.Kind.TRANSFER, row, row.id, amount_minor, reference)
    events.record("transfer.created", snapshots.transfer(row))
    return row


def get(transfer_id: str) -> Transfer:
    """One transfer, or a refusal."""
    row = Transfer.objects.filter(pk=transfer_id).first()
    if row is None:
        raise missing("transfer", transfer_id)
    return row


@transaction.atomic
def reverse(transfer_id: str, *, amount_minor: int, reference: str) -> Reversal:
    """Take part or all of it back, as long as the payee still has it here."""
    source = get(transfer_id).charge_id
    charge = charges.lock(source) if source else None
    row = Transfer.objects.select_for_update().get(pk=transfer_id)
    left = min(row.amount_minor - row.reversed_minor, books.balance_of_payee(row.payee_id, row.currency))
    if amount_minor > left:
        raise conflict("transfer_exhausted", f"{left} of this transfer can come back, {amount_minor} was asked for.")
    reversal = Reversal.objects.create(
        id=ids.new("trr"),
        transfer=row,
        amount_minor=amount_minor,
        currency=row.currency,
        reference=reference,
        created_at=clock.now(),
    )
    row.reversed_minor += amount_minor
    row.save(update_fields=["reversed_minor"])
    _change_transferred(charge, -amount_minor)
    _post(Posting.Kind.TRANSFER_REVERSED, row, reversal.id, amount_minor, reference)
    events.record("transfer.reversed", snapshots.transfer(row))
    return reversal


def _drawn_on(charge_id: str, amount_minor: int, currency: str) -> Charge:
    charge = charges.lock(charge_id)
    if currency != charge.currency:
        raise invalid("currency", f"the charge is in {charge.currency}")
    if amount_minor > charge.left_minor:
        raise conflict("charge_exhausted", f"{charge.left_minor} of this charge is left, {amount_minor} was asked for.")
    return charge


def _require_standing(amount_minor: int, currency: str) -> None:
    turn.take()
    there = books.balance_of(Account.Kind.PLATFORM, "", currency)
    if amount_minor > there:
        raise conflict("balance_insufficient", f"{there} stand there, {amount_minor} was asked for.")


def _change_transferred(charge: Charge | None, change: int) -> None:
    if charge is not None:
        charge.transferred_minor += change
        charge.save(update_fields=["transferred_minor"])


def _post(kind: Posting.Kind, row: Transfer, subject: str, amount_minor: int, reference: str) -> None:
    books.post(
        kind,
        subject=subject,
        reference=reference,
        amount_minor=amount_minor,
        currency=row.currency,
        payee=row.payee_id,
    )
