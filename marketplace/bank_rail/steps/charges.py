"""What is left of a line that came in, to be moved on or sent back."""

from django.db.models import Sum

from marketplace.bank_rail.machine import OrderState
from marketplace.bank_rail.models import BankLine, Order, Reversal, Transfer
from marketplace.core.errors import NotFound
from marketplace.core.money import Money
from marketplace.core.tx import step


@step
def left_of(charge: str) -> Money:
    """Raises NotFound."""
    line = BankLine.objects.filter(public_id=charge, amount_minor__gt=0).first()
    if line is None:
        raise NotFound
    moved = Transfer.objects.filter(charge=charge).aggregate(sum=Sum("amount_minor", default=0))["sum"]
    back = Reversal.objects.filter(transfer__charge=charge).aggregate(sum=Sum("amount_minor", default=0))["sum"]
    orders = Order.objects.filter(line=line).exclude(state=OrderState.FAILED)
    sent = orders.aggregate(sum=Sum("amount_minor", default=0))["sum"]
    return Money(line.amount_minor - moved + back - sent, line.currency)
