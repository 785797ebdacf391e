"""The books, for finance: to be read."""

from dataclasses import dataclass
from datetime import date

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.defaultfilters import date as format_date
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.core.actor import StaffRole
from marketplace.core.money import Money
from marketplace.http.staff import StaffAdmin
from marketplace.ledger.models import Account, FundingLot, Journal
from marketplace.ledger.selectors import provider_costs_by_month, revenue_by_month

FINANCE = frozenset({StaffRole.FINANCE})


@admin.register(Journal)
class JournalAdmin(StaffAdmin):
    roles = FINANCE
    list_display = ("posted_at", "kind", "reference", "idempotency_key", "reverses")
    list_filter = ("kind",)
    search_fields = ("reference", "idempotency_key")
    ordering = ("-id",)

    def get_readonly_fields(self, request: HttpRequest, obj: Journal | None = None) -> list[str]:
        return [*super().get_readonly_fields(request, obj), "moved"]

    @admin.display(description=_("lines"))
    def moved(self, journal: Journal) -> SafeString:
        """Every line: from where to where, how much."""
        lines = journal.lines.select_related("source", "destination").order_by("seq")
        facts = (
            (line.source.code, line.destination.code, str(Money(line.amount_minor, line.currency))) for line in lines
        )
        return format_html_join(mark_safe("<br>"), "{} → {}: {}", facts)


@admin.register(Account)
class AccountAdmin(StaffAdmin):
    roles = FINANCE
    list_display = ("code", "currency", "kind", "standing")
    list_filter = ("kind", "currency")
    list_select_related = ("balance",)
    search_fields = ("code",)
    change_list_template = "ledger/admin/accounts.html"

    def get_urls(self) -> list:
        return [path("revenue/", self.admin_site.admin_view(self.revenue), name="ledger_revenue"), *super().get_urls()]

    def revenue(self, request: HttpRequest) -> HttpResponse:
        """What the platform has earned and what its providers cost, month by month; both charts for each currency."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        months = months_of(revenue_by_month(), provider_costs_by_month())
        context = self.admin_site.each_context(request) | {
            "title": gettext("Platform revenue"),
            "opts": self.opts,
            "months": months,
            "charts": charts_of(months),
        }
        return TemplateResponse(request, "ledger/admin/revenue.html", context)

    @admin.display(description=_("balance"), ordering="balance__amount_minor")
    def standing(self, account: Account) -> str:
        return str(Money(account.balance.amount_minor, account.currency))


@dataclass(frozen=True, slots=True)
class EarnedMonth:
    """One month in one currency."""

    month: date
    revenue: Money
    costs: Money

    @property
    def left(self) -> Money:
        return self.revenue - self.costs


@dataclass(frozen=True, slots=True)
class Chart:
    """The bars of one currency, on one scale; the earliest month first."""

    currency: str
    revenue: list[dict[str, object]]
    costs: list[dict[str, object]]


def months_of(revenue: list[tuple[date, Money]], costs: list[tuple[date, Money]]) -> list[EarnedMonth]:
    """Both of every month and currency that has either, the latest first."""
    earned, paid = ({(month, money.currency): money for month, money in side} for side in (revenue, costs))
    keys = sorted(earned.keys() | paid.keys(), key=lambda key: (-key[0].toordinal(), key[1]))
    return [
        EarnedMonth(month, *(side.get((month, currency), Money.zero(currency)) for side in (earned, paid)))
        for month, currency in keys
    ]


def charts_of(months: list[EarnedMonth]) -> list[Chart]:
    """By currency; nothing is ever added up across currencies."""
    charts: dict[str, Chart] = {}
    for one in reversed(months):
        chart = charts.setdefault(one.revenue.currency, Chart(one.revenue.currency, [], []))
        for bars, money in ((chart.revenue, one.revenue), (chart.costs, one.costs)):
            label = format_date(one.month, "YEAR_MONTH_FORMAT")
            bars.append({"label": label, "value": money.amount_minor, "text": money.figure})
    for chart in charts.values():
        most = max(bar["value"] for bar in (*chart.revenue, *chart.costs))
        for bar in (*chart.revenue, *chart.costs):
            bar["of"] = most
    return [charts[currency] for currency in sorted(charts)]


@admin.register(FundingLot)
class FundingLotAdmin(StaffAdmin):
    roles = FINANCE
    list_display = ("charged_at", "provider", "charge", "held_in", "remaining", "amount")
    list_filter = ("provider", "currency")
    list_select_related = ("held_in",)
    search_fields = ("charge", "public_id", "held_in__code")
    ordering = ("-id",)

    @admin.display(description=_("remaining"))
    def remaining(self, lot: FundingLot) -> str:
        return str(Money(lot.remaining_minor, lot.currency))

    @admin.display(description=_("amount"))
    def amount(self, lot: FundingLot) -> str:
        return str(Money(lot.amount_minor, lot.currency))
