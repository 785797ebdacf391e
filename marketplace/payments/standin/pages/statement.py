"""The statement: the platform's account as the bank sees it, its balance at the card acquirer, or one payee's."""

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from marketplace.payments.standin.engine import clock, currencies, statement
from marketplace.payments.standin.engine.acquirer import disputes
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.models import Account, CardCharge, ConnectedAccount, Leg, Payee
from marketplace.payments.standin.pages import csv_file, loopback

LINES_A_PAGE = 50
PAYEES_SHOWN = 200


@dataclass(frozen=True)
class Filters:
    """What the reader narrowed the statement to."""

    currency: str
    reference: str
    payee: str

    @classmethod
    def of(cls, request: HttpRequest) -> "Filters":
        currency = request.GET.get("currency", "")
        reference = request.GET.get("reference", "").strip().replace("\x00", "")[:200]
        payee = request.GET.get("payee", "").replace("\x00", "")[:40]
        return cls(currency if currencies.is_known(currency) else "", reference, payee)

    def lines(self) -> QuerySet[Leg]:
        """What is shown, unordered."""
        return statement.lines(currency=self.currency, reference=self.reference, payee=self.payee)

    def query(self, **more: object) -> str:
        """The same filters as a query string."""
        named = {"payee": self.payee, "currency": self.currency, "reference": self.reference, **more}
        return urlencode({name: value for name, value in named.items() if value})


@require_GET
@loopback.only
def page(request: HttpRequest) -> HttpResponse:
    """Newest lines first; `before` is the last line of the page before."""
    filters = Filters.of(request)
    rows = filters.lines()
    before = request.GET.get("before", "")
    shown = rows.filter(pk__lt=int(before)) if before.isdecimal() and len(before) < 19 else rows
    found = list(shown.order_by("-pk")[: LINES_A_PAGE + 1])
    lines, more = found[:LINES_A_PAGE], len(found) > LINES_A_PAGE
    context = {
        "filters": filters,
        "lines": lines,
        "totals": statement.totals(rows),
        "balances": statement.balances(filters.payee),
        "currencies": statement.accounts(filters.payee),
        "payees": Payee.objects.order_by("label", "pk")[:PAYEES_SHOWN],
        "connected": ConnectedAccount.objects.order_by("display_name", "pk")[:PAYEES_SHOWN],
        "has_acquirer": Account.objects.filter(kind=Account.Kind.ACQUIRED).exists(),
        "disputable": _disputable(lines),
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
    rows = filters.lines().order_by("pk")
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


@require_POST
@loopback.only
def dispute(request: HttpRequest) -> HttpResponse:
    """A cardholder takes a charge's money back; pressed twice it is once."""
    try:
        disputes.open_for(request.POST.get("charge", "").replace("\x00", ""), reason="product_not_received")
    except Refusal as refusal:
        if refusal.status == 404:
            raise Http404(refusal.message) from refusal
    return redirect(f"{reverse('bank:statement')}?payee={statement.ACQUIRER}")


def _disputable(lines: list[Leg]) -> set[str]:
    """Which of these lines are card charges that nobody disputes yet."""
    subjects = [leg.posting.subject for leg in lines if leg.posting.subject.startswith("ch_")]
    return set(CardCharge.objects.filter(pk__in=subjects, disputed=False).values_list("pk", flat=True))


def _iso(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")
