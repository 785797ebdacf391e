"""Earnings: what lands next and when, place by place, by week, the latest; the statement of a month."""

import csv
from collections.abc import Iterator
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from marketplace.core import clock
from marketplace.core.record import timeline
from marketplace.payments.machine import PayoutState
from marketplace.payments.models import Transfer
from marketplace.payments.payout_rules import SECURITY_WAIT
from marketplace.payments.policies import PAYOUTS, PayoutAction
from marketplace.payments.selectors import place_of
from marketplace.payments.selectors.debts import owed_by
from marketplace.payments.selectors.earnings import (
    StatementLine,
    Week,
    accounts_of,
    earnings_of,
    get_payout,
    guard_of,
    list_transfers,
    statement_of,
)
from marketplace.payments.selectors.months import month_of
from marketplace.payments.selectors.reversals import reversals_of
from marketplace.payments.views.payees import PayeeView

LATEST = 15
BYTE_ORDER_MARK = "\ufeff"  # without it Excel takes UTF-8 for Latin-1
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
HEIGHT = 120
STATES = {"hold": "hold", "released": "wait", "transit": "live", "paid": "done"}


class EarningsView(PayeeView):
    def get(self, request: HttpRequest) -> HttpResponse:
        earnings = earnings_of(self.actor, request.party)
        rows, older = latest(list_transfers(self.actor), request.GET.get("before", ""))
        arriving = next((one for one in earnings.moving if one.state == PayoutState.IN_TRANSIT), None)
        guard = guard_of(request.party)
        enabled = {name for name, account in accounts_of(self.actor).items() if account.payouts_enabled}
        context = {
            "earnings": earnings,
            "accountless": not enabled or any(purse.waits_for_account for purse in earnings.purses),
            "payable": {purse.currency for purse in earnings.purses if purse.providers & enabled},
            "arriving": arriving,
            "ready": next((purse for purse in earnings.purses if purse.enough), None),
            "bars": bars(list(earnings.weeks)),
            "rows": [(row, STATES[place_of(row)]) for row in rows],
            "taken_back": reversals_of(self.actor)[:LATEST],
            "owed": owed_by(request.party.pk),
            "older": older,
            "paged": "before" in request.GET,
            "frozen": guard is not None and guard.frozen_at is not None,
            "frozen_by_us": guard is not None and guard.frozen_by_id is not None,
            "paused": earnings.next_run is None,
            "waits_until": waits_until(guard),
            "may_ask": earnings.next_run is not None and PAYOUTS.can(self.actor, PayoutAction.ASK, request.party),
        }
        return render(request, "payments/earnings.html", context)


def waits_until(guard) -> datetime | None:
    if guard is None or guard.frozen_at is not None or guard.changed_at is None:
        return None
    until = guard.changed_at + SECURITY_WAIT
    return until if until > clock.now() else None


def latest(transfers, before: str) -> tuple[list[Transfer], str]:
    """A page of the newest, below the row with the id `before`; nonsense is the first page."""
    if before.isascii() and before.isdigit() and len(before) < 19:
        transfers = transfers.filter(pk__lt=int(before))
    rows = list(transfers.order_by("-id")[: LATEST + 1])
    return rows[:LATEST], str(rows[LATEST - 1].pk) if len(rows) > LATEST else ""


def bars(weeks: list[Week]) -> list[dict[str, object]]:
    """For the drawing: where each bar stands and how high it is."""
    most = max((week.minor for week in weeks), default=0)
    step = 100 / max(len(weeks), 1)
    return [
        {
            "week": week,
            "x": f"{number * step:.1f}",
            "width": f"{step * 0.7:.1f}",
            "height": round(week.minor * HEIGHT / most) if most else 0,
            "y": HEIGHT - (round(week.minor * HEIGHT / most) if most else 0),
        }
        for number, week in enumerate(weeks)
    ]


class PayoutView(PayeeView):
    def get(self, request: HttpRequest, payout_id: str) -> HttpResponse:
        payout = get_payout(self.actor, payout_id)
        context = {
            "payout": payout,
            "parts": payout.transfers.order_by("id"),
            "events": timeline(payout.public_id),
        }
        return render(request, "payments/payout.html", context)


class StatementView(PayeeView):
    """A month, to be read or printed."""

    def get(self, request: HttpRequest) -> HttpResponse:
        begins, ends = month_of(request.GET.get("month", ""), request.party.time_zone)
        context = {
            "lines": statement_of(self.actor, request.party, begins, ends),
            "month": begins,
            "this": f"{begins:%Y-%m}",
            "before": f"{begins - timedelta(days=1):%Y-%m}",
            "after": f"{begins + timedelta(days=32):%Y-%m}" if ends <= clock.now() else "",
        }
        return render(request, "payments/statement.html", context)


class StatementFileView(PayeeView):
    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        begins, ends = month_of(request.GET.get("month", ""), request.party.time_zone)
        lines = statement_of(self.actor, request.party, begins, ends)
        response = StreamingHttpResponse(written(lines), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="mooring-{begins:%Y-%m}.csv"'
        return response


class Echo:
    """A file that hands back what is written to it."""

    def write(self, text: str) -> str:
        return text


def written(lines: list[StatementLine]) -> Iterator[str]:
    writer = csv.writer(Echo())
    heading = [_("When"), _("What"), _("Number"), _("Currency"), _("Amount"), _("What for")]
    words = {
        "released": _("Released to you"),
        "paid": _("Paid to your bank"),
        "withheld": _("Kept for what you owed"),
        "taken_back": _("Taken back"),
    }
    yield BYTE_ORDER_MARK + writer.writerow(heading)
    for line in lines:
        cells = [line.at.isoformat(timespec="seconds"), words[line.what], line.reference, line.money.currency]
        yield writer.writerow([*(safe(cell) for cell in cells), str(line.money.decimal), safe(line.about)])


def safe(cell: str) -> str:
    """A cell that begins like a formula is written as text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
