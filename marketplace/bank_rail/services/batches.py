"""Orders that go to the bank in one file: gathered by one of finance, approved by another, then downloaded."""

from hashlib import sha256

from marketplace.bank_rail.errors import NothingQueued, SamePerson
from marketplace.bank_rail.events import (
    BatchApproved,
    BatchCancelled,
    BatchDownloaded,
    BatchDrafted,
    BatchSent,
    OrderBatched,
    OrderPutBack,
)
from marketplace.bank_rail.files.batch import Ordered, batch_file
from marketplace.bank_rail.machine import BATCH, ORDER, BatchState, OrderState
from marketplace.bank_rail.models import Batch, Order
from marketplace.bank_rail.policies import DESK, DeskAction
from marketplace.bank_rail.sealed import seal_bytes, unseal, unseal_bytes
from marketplace.bank_rail.steps.books import hold_books
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition, NotFound
from marketplace.core.record import record, record_all
from marketplace.core.tx import use_case

AT_MOST = 1_000  # what banks take in one file


@use_case
def draft_batch(*, actor: Actor, currency: str) -> Batch:
    """What waits, oldest first. Raises NothingQueued, Forbidden."""
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    waiting = Order.objects.filter(state=OrderState.QUEUED, currency=currency).order_by("pk")
    orders = list(waiting[:AT_MOST])
    if not orders:
        raise NothingQueued
    batch = Batch.objects.create(
        currency=currency,
        count=len(orders),
        amount_minor=sum(order.amount_minor for order in orders),
        made_by_id=actor.user_id,
    )
    for order in orders:
        ORDER.fire(order, "batch")
        order.batch = batch
    Order.objects.bulk_update(orders, ["state", "batch"])
    record_all([OrderBatched(aggregate=order.public_id, batch=batch.public_id) for order in orders], by=actor)
    drafted = BatchDrafted(
        aggregate=batch.public_id, orders=batch.count, amount_minor=batch.amount_minor, currency=currency
    )
    record(drafted, by=actor)
    return batch


@use_case
def approve_batch(*, actor: Actor, public_id: str) -> Batch:
    """Somebody else has looked at it: the file is written, once. Raises SamePerson, IllegalTransition, Forbidden,
    NotFound."""
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    batch = _get(public_id)
    if batch.state == BatchState.DRAFTED and batch.made_by_id == actor.user_id:
        raise SamePerson
    move = BATCH.fire(batch, "approve")
    content = batch_file(_ordered(order) for order in batch.orders.order_by("pk"))
    batch.sealed_file, batch.sha256 = seal_bytes(content), sha256(content).hexdigest()
    batch.approved_by_id, batch.approved_at = actor.user_id, clock.now()
    batch.save()
    record(BatchApproved(aggregate=public_id), by=actor, move=move)
    return batch


@use_case
def cancel_batch(*, actor: Actor, public_id: str) -> Batch:
    """Its orders wait again. Once somebody has its file, it is too late. Raises IllegalTransition, Forbidden,
    NotFound."""
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    batch = _get(public_id)
    move = BATCH.fire(batch, "cancel")
    batch.save(update_fields=["state"])
    orders = list(batch.orders.order_by("pk"))
    for order in orders:
        ORDER.fire(order, "put_back")
        order.batch = None
    Order.objects.bulk_update(orders, ["state", "batch"])
    record_all([OrderPutBack(aggregate=order.public_id, batch=public_id) for order in orders], by=actor)
    record(BatchCancelled(aggregate=public_id), by=actor, move=move)
    return batch


@use_case
def file_of(*, actor: Actor, public_id: str) -> bytes:
    """The same bytes each time; who fetched them is kept. From the first time on the bank may have them.

    Raises IllegalTransition before it is approved, Forbidden, NotFound.
    """
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    batch = _get(public_id)
    if not batch.sealed_file or batch.state == BatchState.CANCELLED:
        raise IllegalTransition(machine=BATCH.name, state=batch.state, transition="send")
    if batch.state == BatchState.APPROVED:
        move = BATCH.fire(batch, "send")
        batch.save(update_fields=["state"])
        record(BatchSent(aggregate=public_id), by=actor, move=move)
    record(BatchDownloaded(aggregate=public_id), by=actor)
    return unseal_bytes(batch.sealed_file)


def _get(public_id: str) -> Batch:
    batch = Batch.objects.filter(public_id=public_id).first()
    if batch is None:
        raise NotFound
    return batch


def _ordered(order: Order) -> Ordered:
    return Ordered(order.code, order.holder, unseal(order.sealed_number), order.bank_name, order.money)
