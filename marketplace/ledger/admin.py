"""The books, for finance: to be read."""

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
from marketplace.ledger.selectors import revenue_by_month

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
        """What the platform has earned, month by month; one chart a currency."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        months = revenue_by_month()
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


def charts_of(months: list[tuple[date, Money]]) -> list[tuple[str, list[dict[str, object]]]]:
    """Bars by currency, the earliest month first; nothing is ever added up across currencies."""
    charts: dict[str, list[dict[str, object]]] = {}
    for month, money in reversed(months):
        bar = {"label": format_date(month, "YEAR_MONTH_FORMAT"), "value": money.amount_minor, "text": money.figure}
        charts.setdefault(money.currency, []).append(bar)
    for bars in charts.values():
        most = max(bar["value"] for bar in bars)
        for bar in bars:
            bar["of"] = most
    return sorted(charts.items())


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
