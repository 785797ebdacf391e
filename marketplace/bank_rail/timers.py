"""A transfer in is waited for fourteen days; one that comes later is still a transfer."""

from marketplace.bank_rail.events import PayInExpired
from marketplace.bank_rail.machine import PAY_IN
from marketplace.bank_rail.models import PayIn
from marketplace.bank_rail.services.pay_ins import PAY_IN_EXPIRE
from marketplace.bank_rail.steps.books import hold_books
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.timers.registry import on_timer


@on_timer(PAY_IN_EXPIRE)
def expire_pay_in(aggregate: str, actor: Actor) -> None:
    hold_books()
    pay_in = PayIn.objects.get(public_id=aggregate)
    if PAY_IN.can(pay_in, "expire"):
        move = PAY_IN.fire(pay_in, "expire")
        pay_in.save(update_fields=["state"])
        record(PayInExpired(aggregate=aggregate), by=actor, move=move)
