"""What a file of the bank's would do if it were booked now."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Count, Sum
from django.utils.translation import gettext_lazy as _

from marketplace.bank_rail.files.confirmation import Answer, read_confirmation
from marketplace.bank_rail.files.statement import read_statement
from marketplace.bank_rail.machine import OrderState
from marketplace.bank_rail.models import Order, Upload
from marketplace.bank_rail.sealed import unseal_bytes
from marketplace.bank_rail.selectors.matching import Meaning, Understood, understand
from marketplace.core.money import Money

SHOWN = 200
MEANINGS = {
    Meaning.MATCHED: _("paid as asked for"),
    Meaning.MISMATCHED: _("another amount than asked for: to suspense"),
    Meaning.UNMATCHED: _("nobody asked for it: to suspense"),
    Meaning.ORDER: _("left us as ordered"),
    Meaning.RETURNED: _("came back to us"),
    Meaning.UNEXPLAINED: _("left us, and nobody had ordered it"),
    Meaning.KNOWN: _("booked before"),
}


@dataclass(frozen=True, slots=True)
class Row:
    line: Understood
    word: str


@dataclass(frozen=True, slots=True)
class Total:
    word: str
    count: int
    money: Money


@dataclass(frozen=True, slots=True)
class StatementPreview:
    """`rows` are the first of them; `totals` are of all."""

    rows: Sequence[Row]
    totals: Sequence[Total]
    count: int
    opening: Money | None
    sum: Money
    closing: Money | None


def preview_of(upload: Upload) -> StatementPreview:
    stated = read_statement(unseal_bytes(upload.sealed_content), upload.currency)
    found = understand(stated.lines, upload.currency)
    totals = []
    for meaning, word in MEANINGS.items():
        these = [one.line.money.amount_minor for one in found if one.meaning == meaning]
        if these:
            totals.append(Total(str(word), len(these), Money(sum(these), upload.currency)))
    balances = (stated.opening_minor, stated.closing_minor)
    opening, closing = (None if minor is None else Money(minor, upload.currency) for minor in balances)
    return StatementPreview(
        rows=[Row(one, str(MEANINGS[one.meaning])) for one in found[:SHOWN]],
        totals=totals,
        count=len(found),
        opening=opening,
        sum=Money(sum(line.money.amount_minor for line in stated.lines), upload.currency),
        closing=closing,
    )


def answers_in(upload: Upload) -> list[tuple[Answer, Order]]:
    """Each answer beside its order."""
    answers = read_confirmation(unseal_bytes(upload.sealed_content), upload.currency)
    orders = {order.code: order for order in upload.batch.orders.all()}
    return [(answer, orders[answer.code]) for answer in answers]


def what_waits() -> list[Total]:
    """Orders that the next files would take, by currency."""
    waiting = Order.objects.filter(state=OrderState.QUEUED).values("currency").order_by("currency")
    return [
        Total(one["currency"], one["count"], Money(one["sum"], one["currency"]))
        for one in waiting.annotate(count=Count("pk"), sum=Sum("amount_minor"))
    ]
