"""A statement of the bank: uploaded by one, booked whole by another, each of its lines once."""

from marketplace.bank_rail.events import (
    LineUnmatched,
    PayInPaid,
    StatementBooked,
    UploadDiscarded,
    UploadPreviewed,
)
from marketplace.bank_rail.files.statement import read_statement
from marketplace.bank_rail.machine import LINE, PAY_IN, UPLOAD, OrderState
from marketplace.bank_rail.models import BankLine, Entry, Upload
from marketplace.bank_rail.policies import DESK, DeskAction
from marketplace.bank_rail.sealed import seal, seal_bytes, unseal_bytes
from marketplace.bank_rail.selectors.matching import Meaning, Understood, understand
from marketplace.bank_rail.steps.booking import booked_by_another
from marketplace.bank_rail.steps.books import enter, hold_books
from marketplace.bank_rail.steps.orders import fail_order, pay_order
from marketplace.bank_rail.steps.reading import digest_of_new, read_or_refuse
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.record import record
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
    unmatched = 0
    for one in found:
        unmatched += _book(upload, one, actor)
    booked = StatementBooked(aggregate=public_id, lines=len(found), unmatched=unmatched)
    record(booked, by=actor, move=move)
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


def _book(upload: Upload, one: Understood, by: Actor) -> bool:
    """Whether somebody has to look at it."""
    stated, meaning = one.line, one.meaning
    asked_for = meaning not in (Meaning.UNMATCHED, Meaning.UNEXPLAINED)
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
    if asked_for:
        LINE.fire(line, "mismatch" if meaning == Meaning.MISMATCHED else "match")
    line.save()
    if one.pay_in:
        _came_in(line, one, by)
    elif one.order:
        _about_order(line, one, by)
    else:
        kind = Entry.Kind.CHARGE if meaning == Meaning.UNMATCHED else Entry.Kind.OTHER
        enter(kind, subject=line.public_id, reference=line.public_id, money=line.money)
        if meaning == Meaning.UNMATCHED:
            came = LineUnmatched(aggregate=line.public_id, amount_minor=line.amount_minor, currency=line.currency)
            record(came, by=by)
    return not asked_for or meaning == Meaning.MISMATCHED


def _came_in(line: BankLine, one: Understood, by: Actor) -> None:
    pay_in = one.pay_in
    move = PAY_IN.fire(pay_in, "pay")
    pay_in.save(update_fields=["state"])
    enter(Entry.Kind.CHARGE, subject=line.public_id, reference=pay_in.reference, money=line.money)
    record(PayInPaid(aggregate=pay_in.public_id, line=line.public_id), by=by, move=move)


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
