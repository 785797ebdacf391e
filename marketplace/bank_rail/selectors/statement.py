"""The rail's own books as a provider's statement, and what the bank says stands on our account."""

from collections.abc import Iterator

from django.db.models import Q, Sum

from marketplace.bank_rail.machine import OrderState, UploadState
from marketplace.bank_rail.models import BankLine, Entry, Order, Upload
from marketplace.core.money import Money

_PAYEES = [Entry.Kind.PAYOUT, Entry.Kind.PAYOUT_RETURNED]


def entries_after(number: int) -> Iterator[Entry]:
    return Entry.objects.filter(pk__gt=number).select_related("payee").order_by("pk").iterator(chunk_size=500)


def has_after(number: int) -> bool:
    return Entry.objects.filter(pk__gt=number).exists()


def payees_balances(public_id: str) -> list[Money]:
    """What stands on a payee's part, in each currency that she ever had."""
    sums = (
        Entry.objects.filter(payee__public_id=public_id)
        .values("currency")
        .annotate(
            left=Sum("amount_minor", filter=Q(kind__in=_PAYEES), default=0),
            moved=Sum("amount_minor", filter=~Q(kind__in=_PAYEES), default=0),
        )
        .order_by("currency")
    )
    return [Money(one["left"] - one["moved"], one["currency"]) for one in sums]


def platform_balances() -> list[Money]:
    """The platform's part as the *bank* has it: what its last statement closes with, less what stood there before the
    first, less what was ordered and is not on a statement yet, less the payees' parts.

    A statement without balances says nothing: then there is none of that currency.
    """
    found = []
    booked = Upload.objects.filter(kind=Upload.Kind.STATEMENT, state=UploadState.BOOKED)
    for currency in booked.order_by("currency").values_list("currency", flat=True).distinct():
        said = booked.filter(currency=currency, closing_minor__isnull=False)
        last, first = said.order_by("last_on", "pk").last(), said.order_by("first_on", "pk").first()
        if last is None or first is None:
            continue
        live = ~Q(state=OrderState.FAILED)
        orders = Order.objects.filter(currency=currency)
        expected = -(orders.filter(live).aggregate(sum=Sum("amount_minor", default=0))["sum"])
        stated = BankLine.objects.filter(currency=currency, order__isnull=False)
        on_their_way = expected - stated.aggregate(sum=Sum("amount_minor", default=0))["sum"]
        closing = last.closing_minor - first.opening_minor + on_their_way
        found.append(Money(closing - _with_payees(currency), currency))
    return found


def _with_payees(currency: str) -> int:
    hers = Entry.objects.filter(payee__isnull=False, currency=currency)
    sums = hers.aggregate(
        left=Sum("amount_minor", filter=Q(kind__in=_PAYEES), default=0),
        moved=Sum("amount_minor", filter=~Q(kind__in=_PAYEES), default=0),
    )
    return sums["left"] - sums["moved"]
