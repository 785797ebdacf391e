"""A statement of the bank: uploaded by one, booked whole by another, each of its lines once."""

from collections.abc import Sequence

from marketplace.bank_rail.events import (
    LineUnmatched,
    PayInPaid,
    StatementBooked,
    UploadDiscarded,
    UploadPreviewed,
)
from marketplace.bank_rail.files.statement import read_statement
from marketplace.bank_rail.machine import IN_SUSPENSE, LINE, PAY_IN, UPLOAD, OrderState
from marketplace.bank_rail.models import BankLine, Entry, PayIn, Upload
from marketplace.bank_rail.policies import DESK, DeskAction
from marketplace.bank_rail.sealed import seal, seal_bytes, unseal_bytes
from marketplace.bank_rail.selectors.matching import Meaning, Understood, understand
from marketplace.bank_rail.steps.booking import booked_by_another
from marketplace.bank_rail.steps.books import enter_all, entry, hold_books
from marketplace.bank_rail.steps.orders import fail_order, pay_order
from marketplace.bank_rail.steps.reading import digest_of_new, read_or_refuse
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.machine import Move
from marketplace.core.record import record, record_all
from marketplace.core.tx import use_case

CAME_BACK = "returned_by_bank"


@use_case
def preview_statement(*, actor: Actor, name: str, content: bytes, currency: str) -> Upload:
    """Keep the file, to be looked at; nothing is booked yet. Raises FileRefused, UploadedBefore, Forbidden."""
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    digest = digest_of_new(Upload.Kind.STATEMENT, content)
    stated = read_or_refuse(lambda: read_statement(content, currency))
    upload = Upload.objects.create(
        kind=Upload.Kind.STATEMENT,
        name=name[:120],
        sealed_content=seal_bytes(content),
        sha256=digest,
        currency=currency,
        opening_minor=stated.opening_minor,
        closing_minor=stated.closing_minor,
        first_on=stated.lines[0].posted_on,
        last_on=stated.lines[-1].posted_on,
        uploaded_by_id=actor.user_id,
    )
    record(UploadPreviewed(aggregate=upload.public_id, kind=upload.kind), by=actor)
    return upload


@use_case
def book_statement(*, actor: Actor, public_id: str) -> Upload:
    """All of its lines that no other file brought, in one transaction, as the books stand now.

    Raises SamePerson, IllegalTransition when somebody was quicker, Forbidden, NotFound.
    """
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    upload, move = booked_by_another(Upload.Kind.STATEMENT, public_id, by=actor)
    stated = read_statement(unseal_bytes(upload.sealed_content), upload.currency)
    found = [one for one in understand(stated.lines, upload.currency) if one.meaning != Meaning.KNOWN]
    booked = [(_line_of(upload, one), one) for one in found]
    BankLine.objects.bulk_create(line for line, _one in booked)
    _came_in([(line, one.pay_in) for line, one in booked if one.pay_in], actor)
    for line, one in booked:
        if one.order:
            _about_order(line, one, actor)
    _of_nobody([line for line, one in booked if not one.pay_in and not one.order], actor)
    to_look_at = sum(line.state in IN_SUSPENSE for line, _one in booked)
    record(StatementBooked(aggregate=public_id, lines=len(booked), unmatched=to_look_at), by=actor, move=move)
    return upload


@use_case
def discard_upload(*, actor: Actor, public_id: str) -> Upload:
    """It was the wrong file, or is wanted once more later. Raises IllegalTransition, Forbidden, NotFound."""
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    upload = Upload.objects.filter(public_id=public_id).first()
    if upload is None:
        raise NotFound
    move = UPLOAD.fire(upload, "discard")
    upload.save(update_fields=["state"])
    record(UploadDiscarded(aggregate=public_id), by=actor, move=move)
    return upload


def _line_of(upload: Upload, one: Understood) -> BankLine:
    stated, meaning = one.line, one.meaning
    line = BankLine(
        upload=upload,
        number=stated.number,
        identity=stated.identity,
        posted_on=stated.posted_on,
        amount_minor=stated.money.amount_minor,
        currency=upload.currency,
        name=stated.name,
        bank_name=stated.bank,
        sealed_number=seal(stated.account) if stated.account else "",
        last4=stated.account[-4:],
        memo=stated.memo,
        pay_in=one.pay_in,
        order=one.order,
    )
    if meaning not in (Meaning.UNMATCHED, Meaning.UNEXPLAINED):
        LINE.fire(line, "mismatch" if meaning == Meaning.MISMATCHED else "match")
    return line


def _came_in(paid: Sequence[tuple[BankLine, PayIn]], by: Actor) -> None:
    """A file brings thousands of them: as many statements for all as for one."""
    moved: dict[Move, list[PayInPaid]] = {}
    for line, pay_in in paid:
        move = PAY_IN.fire(pay_in, "pay")
        moved.setdefault(move, []).append(PayInPaid(aggregate=pay_in.public_id, line=line.public_id))
    PayIn.objects.bulk_update([pay_in for _line, pay_in in paid], ["state"], batch_size=1_000)
    enter_all([_charge(line, pay_in.reference) for line, pay_in in paid])
    for move, events in moved.items():
        record_all(events, by=by, move=move)


def _of_nobody(lines: Sequence[BankLine], by: Actor) -> None:
    """What came is looked at by somebody; what left us and nobody had ordered is found by the night's comparison."""
    came = [line for line in lines if line.amount_minor > 0]
    enter_all([_charge(line, line.public_id) for line in came])
    enter_all(
        [
            entry(Entry.Kind.OTHER, subject=line.public_id, reference=line.public_id, money=line.money)
            for line in lines
            if line.amount_minor < 0
        ]
    )
    record_all(
        [
            LineUnmatched(aggregate=line.public_id, amount_minor=line.amount_minor, currency=line.currency)
            for line in came
        ],
        by=by,
    )


def _charge(line: BankLine, reference: str) -> Entry:
    return entry(Entry.Kind.CHARGE, subject=line.public_id, reference=reference, money=line.money)


def _about_order(line: BankLine, one: Understood, by: Actor) -> None:
    """A confirmation may have said it before: then the line is only ticked off."""
    order = one.order
    order.refresh_from_db()  # another line of this file may have moved it
    if one.meaning == Meaning.ORDER:
        order.on_statement = True
        order.save(update_fields=["on_statement"])
        if order.state == OrderState.BATCHED:
            pay_order(order, serial=one.line.serial, by=by)
    elif order.state in (OrderState.BATCHED, OrderState.PAID):
        fail_order(order, CAME_BACK, by=by)
