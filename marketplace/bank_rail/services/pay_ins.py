"""Transfers that we wait for."""

from datetime import timedelta

from marketplace.bank_rail.errors import OtherContent
from marketplace.bank_rail.events import PayInOpened
from marketplace.bank_rail.models import PayIn
from marketplace.bank_rail.policies import DESK, DeskAction
from marketplace.bank_rail.steps.books import hold_books
from marketplace.bank_rail.steps.orders import unused_code
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.timers.schedule import schedule
from marketplace.core.tx import use_case

WAITED_FOR = timedelta(days=14)
PAY_IN_EXPIRE = "bank_pay_in.expire"


@use_case
def open_pay_in(*, actor: Actor, reference: str, money: Money, payer: str) -> PayIn:
    """Words for a payer to write. The same `reference` again answers with the same. Raises OtherContent."""
    DESK.authorise(actor, DeskAction.PROVIDE)
    hold_books()
    if there := PayIn.objects.filter(reference=reference).first():
        if there.money != money:
            raise OtherContent
        return there
    now = clock.now()
    pay_in = PayIn.objects.create(
        reference=reference,
        code=unused_code(),
        payer=payer[:120],
        amount_minor=money.amount_minor,
        currency=money.currency,
        created_at=now,
        expires_at=now + WAITED_FOR,
    )
    schedule(PAY_IN_EXPIRE, pay_in.public_id, due_at=pay_in.expires_at)
    record(PayInOpened(aggregate=pay_in.public_id), by=actor)
    return pay_in
