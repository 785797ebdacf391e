"""The statement: the platform's account as the bank sees it."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from marketplace.payments.standin.engine import clock, currencies, statement
from marketplace.payments.standin.models import Account
from marketplace.payments.standin.pages import csv_file, loopback

LINES_A_PAGE = 50


@dataclass(frozen=True)
class Filters:
    """What the reader narrowed the statement to."""

    currency: str
    reference: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Filters":
        currency = request.GET.get("currency", "")
        reference = request.GET.get("reference", "").strip().replace("\x00", "")[:200]
        return cls(currency if currencies.is_known(currency) else "", reference)

    def query(self, **more: object) -> str:
        """The same filters as a query string."""
        named = {"currency": self.currency, "reference": self.reference, **more}
        return urlencode({name: value for name, value in named.items() if value})


@require_GET
@loopback.only
def page(request: HttpRequest) -> HttpResponse:
    """Newest lines first; `before` is the last line of the page before."""
    filters = Filters.of(request)
    rows = statement.lines(currency=filters.currency, reference=filters.reference)
    before = request.GET.get("before", "")
    shown = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else rows
    found = list(shown.order_by("-pk")[: LINES_A_PAGE + 1])
    lines, more = found[:LINES_A_PAGE], len(found) > LINES_A_PAGE
    context = {
        "filters": filters,
        "lines": lines,
        "totals": statement.totals(rows),
        "balances": statement.balances(),
        "currencies": Account.objects.filter(kind=Account.Kind.PLATFORM).order_by("currency"),
        "older": filters.query(before=lines[-1].pk) if more else "",
        "newest": filters.query() if before else None,
        "csv": filters.query(),
        "now": clock.now(),
    }
    return render(request, "standin/statement.html", context)


@require_GET
@loopback.only
def download(request: HttpRequest) -> StreamingHttpResponse:
    """The whole filtered statement, oldest first, as CSV."""
    filters = Filters.of(request)
    rows = statement.lines(currency=filters.currency, reference=filters.reference).order_by("pk")
    cells = (
        (
            _iso(leg.posting.posted_at),
            leg.posting.kind,
            leg.posting.subject,
            leg.posting.reference,
            leg.account.currency,
            currencies.plain(leg.amount_minor, leg.account.currency),
            currencies.plain(leg.balance_minor, leg.account.currency),
        )
        for leg in rows.iterator(chunk_size=500)
    )
    heading = ("posted_at", "kind", "subject", "reference", "currency", "amount", "balance")
    return csv_file.response("statement.csv", heading, cells)


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
