"""From the platform's part of the account to a payee's, and back: the bank sees nothing of it."""

from django.db.models import Sum

from marketplace.bank_rail.errors import MoreThanThere, NotEnoughThere, OtherContent
from marketplace.bank_rail.models import Entry, Payee, Reversal, Transfer
from marketplace.bank_rail.policies import DESK, DeskAction
from marketplace.bank_rail.steps.books import enter, hold_books, stands_with
from marketplace.bank_rail.steps.charges import left_of
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.money import Money
from marketplace.core.tx import use_case


@use_case
def move_to_payee(*, actor: Actor, payee: str, charge: str, money: Money, reference: str) -> Transfer:
    """Done at once, out of what is left of the charge. The same `reference` again answers with the same.

    Raises OtherContent, MoreThanThere, NotFound.
    """
    DESK.authorise(actor, DeskAction.PROVIDE)
    hold_books()
    found = Payee.objects.filter(public_id=payee).first()
    if found is None:
        raise NotFound
    if there := Transfer.objects.filter(reference=reference).first():
        if (there.payee_id, there.charge, there.money) != (found.pk, charge, money):
            raise OtherContent
        return there
    left = left_of(charge)
    if money.currency != left.currency or money > left:
        raise MoreThanThere
    transfer = Transfer.objects.create(
        reference=reference,
        payee=found,
        charge=charge,
        amount_minor=money.amount_minor,
        currency=money.currency,
    )
    enter(Entry.Kind.TRANSFER, subject=transfer.public_id, reference=reference, money=-money, payee=found)
    return transfer


@use_case
def move_back(*, actor: Actor, transfer: str, money: Money, reference: str) -> Reversal:
    """Done at once. Raises NotEnoughThere when she has less, MoreThanThere above the transfer, OtherContent,
    NotFound."""
    DESK.authorise(actor, DeskAction.PROVIDE)
    hold_books()
    of = Transfer.objects.filter(public_id=transfer).select_related("payee").first()
    if of is None:
        raise NotFound
    if there := Reversal.objects.filter(reference=reference).select_related("transfer").first():
        if (there.transfer_id, there.money) != (of.pk, money):
            raise OtherContent
        return there
    back = of.reversals.aggregate(sum=Sum("amount_minor", default=0))["sum"]
    if money.currency != of.currency or money.amount_minor > of.amount_minor - back:
        raise MoreThanThere
    if money > stands_with(of.payee, of.currency):
        raise NotEnoughThere
    reversal = Reversal.objects.create(reference=reference, transfer=of, amount_minor=money.amount_minor)
    enter(Entry.Kind.TRANSFER_REVERSED, subject=reversal.public_id, reference=reference, money=money, payee=of.payee)
    return reversal
