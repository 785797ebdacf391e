"""What a program asks the bank to send: to a payee, or back to where a payment came from."""

from marketplace.bank_rail.errors import MoreThanThere, NoAccountNamed, NotEnoughThere, OtherContent
from marketplace.bank_rail.models import BankLine, Order, Payee
from marketplace.bank_rail.policies import DESK, DeskAction
from marketplace.bank_rail.steps.books import hold_books, stands_with
from marketplace.bank_rail.steps.charges import left_of
from marketplace.bank_rail.steps.orders import queue_order
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.money import Money
from marketplace.core.tx import use_case


@use_case
def order_payout(*, actor: Actor, payee: str, money: Money, reference: str) -> Order:
    """Out of a payee's part, to the account that she has named. The same `reference` again answers with the same.

    Raises NoAccountNamed, NotEnoughThere, OtherContent, NotFound.
    """
    DESK.authorise(actor, DeskAction.PROVIDE)
    hold_books()
    found = Payee.objects.filter(public_id=payee).first()
    if found is None:
        raise NotFound
    if there := Order.objects.filter(reference=reference).first():
        if (there.kind, there.payee_id, there.money) != (Order.Kind.PAYOUT, found.pk, money):
            raise OtherContent
        return there
    if not found.sealed_number:
        raise NoAccountNamed
    if money > stands_with(found, money.currency):
        raise NotEnoughThere
    order = Order(
        kind=Order.Kind.PAYOUT,
        reference=reference,
        payee=found,
        amount_minor=money.amount_minor,
        currency=money.currency,
        holder=found.holder,
        bank_name=found.bank_name,
        sealed_number=found.sealed_number,
        last4=found.last4,
    )
    return queue_order(order, by=actor)


@use_case
def order_refund(*, actor: Actor, charge: str, money: Money, reference: str) -> Order:
    """Back to the account that the charge came from, as the statement names it. The same `reference` again: the same.

    Raises NoAccountNamed when the statement named none, MoreThanThere, OtherContent, NotFound.
    """
    DESK.authorise(actor, DeskAction.PROVIDE)
    hold_books()
    line = BankLine.objects.filter(public_id=charge, amount_minor__gt=0).first()
    if line is None:
        raise NotFound
    if there := Order.objects.filter(reference=reference).select_related("line").first():
        if (there.kind, there.line_id, there.money) != (Order.Kind.REFUND, line.pk, money):
            raise OtherContent
        return there
    if not line.sealed_number:
        raise NoAccountNamed
    left = left_of(charge)
    if money.currency != left.currency or money > left:
        raise MoreThanThere
    order = Order(
        kind=Order.Kind.REFUND,
        reference=reference,
        line=line,
        amount_minor=money.amount_minor,
        currency=money.currency,
        holder=line.name,
        bank_name=line.bank_name,
        sealed_number=line.sealed_number,
        last4=line.last4,
    )
    return queue_order(order, by=actor)
