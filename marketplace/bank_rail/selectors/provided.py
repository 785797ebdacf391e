"""One thing each, by its id or by the reference that the program gave it. Raises NotFound where it says `get`."""

from django.db.models import Model, QuerySet

from marketplace.bank_rail.models import BankLine, Entry, Order, Payee, PayIn, Reversal, Transfer
from marketplace.core.errors import NotFound


def pay_in_of(reference: str) -> PayIn | None:
    """What a payer is told: the words to write, the amount, until when it is waited for, and whether it came."""
    return PayIn.objects.filter(reference=reference).first()


def get_rail_payee(reference: str) -> Payee | None:
    """The account that she named, if she did: its holder, bank and last digits."""
    return Payee.objects.filter(reference=reference).first()


def get_pay_in(public_id: str) -> PayIn:
    return _get(PayIn.objects.filter(public_id=public_id))


def charge_line(pay_in: PayIn) -> BankLine | None:
    """The line that paid it, wherever its money went afterwards."""
    paid = Entry.objects.filter(kind=Entry.Kind.CHARGE, reference=pay_in.reference).order_by("pk").first()
    return BankLine.objects.get(public_id=paid.subject) if paid else None


def get_payee(public_id: str) -> Payee:
    return _get(Payee.objects.filter(public_id=public_id))


def get_transfer(public_id: str) -> Transfer:
    return _get(Transfer.objects.filter(public_id=public_id))


def find_transfer(reference: str) -> Transfer | None:
    return Transfer.objects.filter(reference=reference).first()


def find_reversal(reference: str) -> Reversal | None:
    return Reversal.objects.filter(reference=reference).select_related("transfer").first()


def get_order(public_id: str) -> Order:
    return _get(Order.objects.filter(public_id=public_id).select_related("line"))


def find_order(reference: str) -> Order | None:
    return Order.objects.filter(reference=reference).select_related("line").first()


def _get(found: QuerySet) -> Model:
    one = found.first()
    if one is None:
        raise NotFound
    return one
