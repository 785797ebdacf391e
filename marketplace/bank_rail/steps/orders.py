"""Orders to the bank: made, paid, failed. What a file of the bank's says and what a program asks for share these."""

from marketplace.bank_rail.codes import new_code
from marketplace.bank_rail.events import BatchClosed, LineCameBack, OrderFailed, OrderPaid, OrderQueued
from marketplace.bank_rail.machine import BATCH, LINE, ORDER, OrderState
from marketplace.bank_rail.models import BankLine, Batch, Entry, Order, PayIn
from marketplace.bank_rail.steps.books import enter
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.record import record
from marketplace.core.tx import step

OUT = {
    Order.Kind.PAYOUT: Entry.Kind.PAYOUT,
    Order.Kind.REFUND: Entry.Kind.REFUND,
    Order.Kind.RETURN: Entry.Kind.REFUND,
}
BACK = {
    Order.Kind.PAYOUT: Entry.Kind.PAYOUT_RETURNED,
    Order.Kind.REFUND: Entry.Kind.REFUND_RETURNED,
    Order.Kind.RETURN: Entry.Kind.REFUND_RETURNED,
}


def unused_code() -> str:
    """Words that no transfer in and no order has: a line of a statement belongs to one thing."""
    while True:
        code = new_code()
        if not PayIn.objects.filter(code=code).exists() and not Order.objects.filter(code=code).exists():
            return code


@step
def queue_order(order: Order, *, by: Actor) -> Order:
    """It leaves its account now, and goes to the bank with the next file. The caller holds the books."""
    order.code = unused_code()
    order.save()
    enter(
        OUT[Order.Kind(order.kind)],
        subject=order.public_id,
        reference=order.reference,
        money=-order.money,
        payee=order.payee,
    )
    record(OrderQueued(aggregate=order.public_id, kind=order.kind), by=by)
    return order


@step
def pay_order(order: Order, *, serial: str, by: Actor) -> None:
    move = ORDER.fire(order, "pay")
    order.closed_at, order.serial = clock.now(), serial or order.serial
    order.save(update_fields=["state", "closed_at", "serial"])
    if order.kind == Order.Kind.RETURN:
        _line(order, "finish")
    record(OrderPaid(aggregate=order.public_id, kind=order.kind, reference=order.reference), by=by, move=move)
    close_when_answered(order.batch, by=by)


@step
def fail_order(order: Order, why: str, *, by: Actor) -> None:
    """Its money is where it was before."""
    was_paid = order.state == OrderState.PAID
    move = ORDER.fire(order, "fail")
    order.failure, order.closed_at = why[:80] or "returned", clock.now()
    order.save(update_fields=["state", "failure", "closed_at"])
    enter(
        BACK[Order.Kind(order.kind)],
        subject=order.public_id,
        reference=order.reference,
        money=order.money,
        payee=order.payee,
    )
    if order.kind == Order.Kind.RETURN:
        line = _line(order, "come_back")
        record(LineCameBack(aggregate=line.public_id, order=order.public_id), by=by)
    failed = OrderFailed(
        aggregate=order.public_id, kind=order.kind, reference=order.reference, was_paid=was_paid, why=order.failure
    )
    record(failed, by=by, move=move)
    close_when_answered(order.batch, by=by)


@step
def close_when_answered(batch: Batch | None, *, by: Actor) -> None:
    if batch is None or batch.orders.filter(state=OrderState.BATCHED).exists():
        return
    fresh = Batch.objects.get(pk=batch.pk)
    if BATCH.can(fresh, "close"):
        move = BATCH.fire(fresh, "close")
        fresh.closed_at = clock.now()
        fresh.save(update_fields=["state", "closed_at"])
        record(BatchClosed(aggregate=fresh.public_id), by=by, move=move)


def _line(order: Order, transition: str) -> BankLine:
    line = BankLine.objects.get(pk=order.line_id)
    LINE.fire(line, transition)
    line.save(update_fields=["state"])
    return line
