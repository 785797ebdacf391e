"""The rail's own books. Whoever writes in them writes alone: a cursor never passes what is not there yet."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q, Sum

from marketplace.bank_rail.models import Entry, Payee
from marketplace.core import locks
from marketplace.core.money import Money
from marketplace.core.tx import step

BOOKS = 0x626F6F6B
_PAYEES = Q(kind__in=[Entry.Kind.PAYOUT, Entry.Kind.PAYOUT_RETURNED])


@step
def hold_books() -> None:
    """One after the other, to the end of the transaction. People and files are slower than that."""
    locks.take("bank_books")
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [BOOKS])


def entry(kind: Entry.Kind, *, subject: str, reference: str, money: Money, payee: Payee | None = None) -> Entry:
    """Not written yet."""
    return Entry(
        kind=kind,
        subject=subject,
        reference=reference,
        payee=payee,
        amount_minor=money.amount_minor,
        currency=money.currency,
    )


@step
def enter(kind: Entry.Kind, *, subject: str, reference: str, money: Money, payee: Payee | None = None) -> None:
    entry(kind, subject=subject, reference=reference, money=money, payee=payee).save()


@step
def enter_all(entries: Sequence[Entry]) -> None:
    Entry.objects.bulk_create(entries)


def stands_with(payee: Payee, currency: str) -> Money:
    """What was moved to her part and has not left it."""
    hers = Entry.objects.filter(payee=payee, currency=currency)
    sums = hers.aggregate(
        moved=Sum("amount_minor", filter=~_PAYEES, default=0), left=Sum("amount_minor", filter=_PAYEES, default=0)
    )
    return Money(sums["left"] - sums["moved"], currency)
