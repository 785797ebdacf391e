"""Lines that nobody asked for: one of finance says where each belongs, another decides."""

from marketplace.bank_rail.codes import codes_in
from marketplace.bank_rail.errors import NoAccountNamed, NoSuchPayIn, SamePerson
from marketplace.bank_rail.events import LineAssigned, LineDeclined, LineGoesBack, LineProposed
from marketplace.bank_rail.machine import LINE, PAY_IN, LineState, PayInState
from marketplace.bank_rail.models import BankLine, Entry, Order, PayIn
from marketplace.bank_rail.policies import DESK, DeskAction
from marketplace.bank_rail.steps.books import enter, hold_books
from marketplace.bank_rail.steps.orders import queue_order
from marketplace.core.actor import Actor
from marketplace.core.errors import IllegalTransition, NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case

WAITED_FOR = (PayInState.OPEN, PayInState.EXPIRED)


@use_case
def propose_assignment(*, actor: Actor, public_id: str, code: str) -> BankLine:
    """It is the transfer that is waited for with the words `code`: of exactly its amount.

    Raises NoSuchPayIn, IllegalTransition, Forbidden, NotFound.
    """
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    line = _incoming(public_id)
    if line.state != LineState.UNMATCHED or line.pay_in_id is not None:
        raise IllegalTransition(machine=LINE.name, state=line.state, transition="propose")
    pay_in = PayIn.objects.filter(code__in=codes_in(code), state__in=WAITED_FOR).first()
    if pay_in is None or pay_in.money != line.money:
        raise NoSuchPayIn
    line.proposal = BankLine.Proposal.ASSIGN
    line.pay_in = pay_in
    return _proposed(line, actor)


@use_case
def propose_send_back(*, actor: Actor, public_id: str) -> BankLine:
    """To the account that it came from. Raises NoAccountNamed, IllegalTransition, Forbidden, NotFound."""
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    line = _incoming(public_id)
    if not line.sealed_number:
        raise NoAccountNamed
    line.proposal = BankLine.Proposal.SEND_BACK
    return _proposed(line, actor)


@use_case
def approve_proposal(*, actor: Actor, public_id: str) -> BankLine:
    """Somebody else agrees: it is booked for its payment, or ordered back.

    Raises SamePerson, NoSuchPayIn when it was paid meanwhile, IllegalTransition, Forbidden, NotFound.
    """
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    line = _proposal(public_id, actor, "assign")
    if line.proposal == BankLine.Proposal.ASSIGN:
        _assign(line, actor)
    else:
        _send_back(line, actor)
    return line


@use_case
def decline_proposal(*, actor: Actor, public_id: str) -> BankLine:
    """It stays where it was. Whoever proposed it may take it back. Raises IllegalTransition, Forbidden, NotFound."""
    DESK.authorise(actor, DeskAction.WORK)
    hold_books()
    line = _incoming(public_id)
    was_mismatched = line.proposal == BankLine.Proposal.SEND_BACK and line.pay_in_id is not None
    move = LINE.fire(line, "decline_mismatched" if was_mismatched else "decline")
    if line.proposal == BankLine.Proposal.ASSIGN:
        line.pay_in = None
    line.proposal, line.proposed_by = "", None
    line.save(update_fields=["state", "pay_in", "proposal", "proposed_by"])
    record(LineDeclined(aggregate=public_id), by=actor, move=move)
    return line


def _proposed(line: BankLine, actor: Actor) -> BankLine:
    move = LINE.fire(line, "propose")
    line.proposed_by_id, line.decided_by = actor.user_id, None
    line.save(update_fields=["state", "pay_in", "proposal", "proposed_by", "decided_by"])
    record(LineProposed(aggregate=line.public_id, what=line.proposal), by=actor, move=move)
    return line


def _assign(line: BankLine, actor: Actor) -> None:
    """In the rail's own books it was a payment of nobody's; now it is this one's."""
    pay_in = line.pay_in
    if pay_in.state not in WAITED_FOR:
        raise NoSuchPayIn
    PAY_IN.fire(pay_in, "pay")
    pay_in.save(update_fields=["state"])
    move = LINE.fire(line, "assign")
    line.decided_by_id = actor.user_id
    line.save(update_fields=["state", "decided_by"])
    enter(Entry.Kind.CHARGE, subject=line.public_id, reference=line.public_id, money=-line.money)
    enter(Entry.Kind.CHARGE, subject=line.public_id, reference=pay_in.reference, money=line.money)
    assigned = LineAssigned(
        aggregate=line.public_id, pay_in=pay_in.public_id, amount_minor=line.amount_minor, currency=line.currency
    )
    record(assigned, by=actor, move=move)


def _send_back(line: BankLine, actor: Actor) -> None:
    move = LINE.fire(line, "send_back")
    line.decided_by_id = actor.user_id
    line.save(update_fields=["state", "decided_by"])
    order = Order(
        kind=Order.Kind.RETURN,
        line=line,
        amount_minor=line.amount_minor,
        currency=line.currency,
        holder=line.name,
        bank_name=line.bank_name,
        sealed_number=line.sealed_number,
        last4=line.last4,
    )
    order.reference = order.public_id
    queue_order(order, by=actor)
    goes = LineGoesBack(
        aggregate=line.public_id,
        order=order.public_id,
        known=line.pay_in_id is not None,
        amount_minor=line.amount_minor,
        currency=line.currency,
    )
    record(goes, by=actor, move=move)


def _incoming(public_id: str) -> BankLine:
    line = BankLine.objects.filter(public_id=public_id, amount_minor__gt=0).select_related("pay_in").first()
    if line is None:
        raise NotFound
    return line


def _proposal(public_id: str, actor: Actor, transition: str) -> BankLine:
    line = _incoming(public_id)
    if line.state != LineState.PROPOSED:
        raise IllegalTransition(machine=LINE.name, state=line.state, transition=transition)
    if line.proposed_by_id == actor.user_id:
        raise SamePerson
    return line
