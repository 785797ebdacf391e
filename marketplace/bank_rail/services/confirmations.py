"""What the bank answers for the orders of a batch: uploaded by one, booked whole by another."""

from collections.abc import Sequence

from marketplace.bank_rail.errors import AnswersDiffer, NotSentYet
from marketplace.bank_rail.events import ConfirmationBooked, UploadPreviewed
from marketplace.bank_rail.files.confirmation import Answer, read_confirmation
from marketplace.bank_rail.machine import BatchState, OrderState
from marketplace.bank_rail.models import Batch, Order, Upload
from marketplace.bank_rail.policies import DESK, DeskAction
from marketplace.bank_rail.sealed import seal_bytes, unseal_bytes
from marketplace.bank_rail.steps.booking import booked_by_another
from marketplace.bank_rail.steps.books import hold_books
from marketplace.bank_rail.steps.orders import fail_order, pay_order
from marketplace.bank_rail.steps.reading import digest_of_new, read_or_refuse
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case

FAILED_AT_BANK = "refused_by_bank"


@use_case
def preview_confirmation(*, actor: Actor, batch: str, name: str, content: bytes) -> Upload:
    """Keep the file, to be looked at; nothing moves yet. It may answer for some of the orders only.

    Raises FileRefused, UploadedBefore, AnswersDiffer, NotSentYet, Forbidden, NotFound.
    """
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    about = Batch.objects.filter(public_id=batch).first()
    if about is None:
        raise NotFound
    if about.state not in (BatchState.SENT, BatchState.CLOSED):
        raise NotSentYet
    digest = digest_of_new(Upload.Kind.CONFIRMATION, content)
    answers = read_or_refuse(lambda: read_confirmation(content, about.currency))
    _orders_of(about, answers)
    upload = Upload.objects.create(
        kind=Upload.Kind.CONFIRMATION,
        name=name[:120],
        sealed_content=seal_bytes(content),
        sha256=digest,
        currency=about.currency,
        batch=about,
        uploaded_by_id=actor.user_id,
    )
    record(UploadPreviewed(aggregate=upload.public_id, kind=upload.kind), by=actor)
    return upload


@use_case
def book_confirmation(*, actor: Actor, public_id: str) -> Upload:
    """Each order to where the bank says it is; what was known stays as it is.

    Raises AnswersDiffer when the bank calls paid what it has sent back, SamePerson, IllegalTransition, Forbidden,
    NotFound.
    """
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    upload, move = booked_by_another(Upload.Kind.CONFIRMATION, public_id, by=actor)
    answers = read_confirmation(unseal_bytes(upload.sealed_content), upload.currency)
    paid = failed = 0
    for answer, order in _orders_of(upload.batch, answers):
        if answer.is_paid and order.state == OrderState.BATCHED:
            pay_order(order, serial=answer.serial, by=actor)
            paid += 1
        elif not answer.is_paid and order.state in (OrderState.BATCHED, OrderState.PAID):
            fail_order(order, answer.reason or FAILED_AT_BANK, by=actor)
            failed += 1
    record(ConfirmationBooked(aggregate=public_id, paid=paid, failed=failed), by=actor, move=move)
    return upload


def _orders_of(batch: Batch, answers: Sequence[Answer]) -> list[tuple[Answer, Order]]:
    """Raises AnswersDiffer by the first reference that is not as the batch has it."""
    orders = {order.code: order for order in batch.orders.select_related("batch", "payee")}
    for answer in answers:
        order = orders.get(answer.code)
        if order is None or order.money != answer.money or (answer.is_paid and order.state == OrderState.FAILED):
            raise AnswersDiffer(code=answer.code)
    return [(answer, orders[answer.code]) for answer in answers]
