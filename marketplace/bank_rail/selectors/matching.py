"""What each line of a statement is, as the books stand now. Changes nothing: a preview and a booking ask the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from marketplace.bank_rail.codes import codes_in
from marketplace.bank_rail.files.statement import StatedLine
from marketplace.bank_rail.machine import BatchState, PayInState
from marketplace.bank_rail.models import BankLine, Order, PayIn


class Meaning(StrEnum):
    KNOWN = "known"  # booked before, out of another file
    MATCHED = "matched"
    MISMATCHED = "mismatched"  # the right words, another amount
    UNMATCHED = "unmatched"
    ORDER = "order"  # left us as we had ordered
    RETURNED = "returned"  # came back to us
    UNEXPLAINED = "unexplained"  # left us, and nobody had ordered it


@dataclass(frozen=True, slots=True)
class Understood:
    line: StatedLine
    meaning: Meaning
    pay_in: PayIn | None = None
    order: Order | None = None


OUTSIDE = (BatchState.SENT, BatchState.CLOSED)


def understand(lines: Sequence[StatedLine], currency: str) -> list[Understood]:
    """Each line once, in the order of the file. Of two lines with the same words the first is the one."""
    codes = {code for line in lines for code in codes_in(line.memo)}
    pay_ins = {one.code: one for one in PayIn.objects.filter(code__in=codes)}
    orders = {one.code: one for one in Order.objects.filter(code__in=codes).select_related("batch", "payee")}
    known = set(
        BankLine.objects.filter(currency=currency, identity__in=[line.identity for line in lines]).values_list(
            "identity", flat=True
        )
    )
    # (words, into our account): a line of each way is all that there can be.
    came = BankLine.objects.filter(order__code__in=codes, amount_minor__gt=0)
    taken = {(code, True) for code in came.values_list("order__code", flat=True)}
    taken |= {(one.code, False) for one in orders.values() if one.on_statement}
    return [
        Understood(line, Meaning.KNOWN)
        if line.identity in known
        else _one(line, _only(line, pay_ins), _only(line, orders), taken)
        for line in lines
    ]


def _only(line: StatedLine, by_code: Mapping) -> PayIn | Order | None:
    """Words of two things are words of none."""
    found = [by_code[code] for code in codes_in(line.memo) if code in by_code]
    return found[0] if len(found) == 1 else None


def _one(line: StatedLine, pay_in: PayIn | None, order: Order | None, taken: set[tuple[str, bool]]) -> Understood:
    into = line.money.amount_minor > 0
    if pay_in and order:
        pay_in = order = None
    about = pay_in or order
    if about is None or (about.code, into) in taken:
        return Understood(line, Meaning.UNMATCHED if into else Meaning.UNEXPLAINED)
    found = None
    if pay_in and into and pay_in.state in (PayInState.OPEN, PayInState.EXPIRED):
        exact = pay_in.money == line.money
        found = Understood(line, Meaning.MATCHED if exact else Meaning.MISMATCHED, pay_in=pay_in)
    elif order and order.batch and order.batch.state in OUTSIDE:
        found = _of_order(line, order, into=into)
    if found is None:
        return Understood(line, Meaning.UNMATCHED if into else Meaning.UNEXPLAINED)
    taken.add((about.code, into))
    return found


def _of_order(line: StatedLine, order: Order, *, into: bool) -> Understood | None:
    """A confirmation may have said before what the statement says now."""
    if into:
        return Understood(line, Meaning.RETURNED, order=order) if line.money == order.money else None
    return Understood(line, Meaning.ORDER, order=order) if line.money == -order.money else None
