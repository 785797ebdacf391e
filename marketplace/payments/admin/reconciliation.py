"""Both books side by side, for finance: what was compared, what differs, who looks into it, and how it comes about."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core import clock
from marketplace.core.errors import Conflict, Refused
from marketplace.http.views import say_refusal
from marketplace.payments.admin.finance import FinanceAdmin, by_admin, each
from marketplace.payments.forms.explanation import ExplanationForm
from marketplace.payments.gateways import with_statement
from marketplace.payments.machine import DIFFERENCE, DifferenceState
from marketplace.payments.models import Difference, ReconciliationRun
from marketplace.payments.selectors.reconciliation import KIND_WORDS, get_difference, latest_of_each
from marketplace.payments.services.reconciliation import ask_reconciliation, explain_difference, take_difference


@admin.register(ReconciliationRun)
class ReconciliationRunAdmin(FinanceAdmin):
    change_list_template = "payments/admin/reconciliations.html"
    list_display = (
        "started_at",
        "provider",
        "state",
        "whole",
        "lines_read",
        "new_differences",
        "known_differences",
        "resolved_differences",
        "finished_at",
    )
    list_filter = ("state", "provider")
    search_fields = ("public_id",)
    ordering = ("-id",)

    def get_urls(self) -> list:
        totals, ask = self.admin_site.admin_view(self.totals), self.admin_site.admin_view(self.ask)
        return [
            path("totals/", totals, name="payments_reconciliation_totals"),
            path("ask/", ask, name="payments_reconciliation_ask"),
            *super().get_urls(),
        ]

    def totals(self, request: HttpRequest) -> HttpResponse:
        """The sums of both sides, as the last comparison with each provider had them."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        context = self.admin_site.each_context(request) | {
            "title": _("Both books"),
            "opts": self.opts,
            "books": latest_of_each(request.actor),
        }
        return TemplateResponse(request, "payments/admin/both_books.html", context)

    def ask(self, request: HttpRequest) -> HttpResponse:
        """Compare now; `whole` from the beginning of the statement."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        for provider in with_statement():
            ask_reconciliation(
                actor=by_admin(request), provider=provider, whole=request.POST.get("from") == "beginning"
            )
        messages.success(request, _("The books are being compared; it takes moments to minutes."))
        return redirect("admin:payments_reconciliationrun_changelist")


@admin.register(Difference)
class DifferenceAdmin(FinanceAdmin):
    change_form_template = "payments/admin/difference.html"
    list_display = ("cause", "provider", "about", "what", "here_side", "there_side", "state", "owner", "age")
    list_filter = ("state", "cause", "kind", "provider")
    list_select_related = ("owner",)
    search_fields = ("public_id", "reference", "subject", "payee")
    ordering = ("-id",)
    actions = ("take",)

    @admin.display(description=gettext_lazy("reference"))
    def about(self, difference: Difference) -> str:
        return difference.reference or difference.payee or "—"

    @admin.display(description=gettext_lazy("kind"), ordering="kind")
    def what(self, difference: Difference) -> str:
        return str(KIND_WORDS.get(difference.kind, difference.kind))

    @admin.display(description=gettext_lazy("in our books"))
    def here_side(self, difference: Difference) -> str:
        return str(difference.here or "—")

    @admin.display(description=gettext_lazy("at the provider"))
    def there_side(self, difference: Difference) -> str:
        return str(difference.there or "—")

    @admin.display(description=gettext_lazy("age"), ordering="found_at")
    def age(self, difference: Difference) -> str:
        """Until now, or until it was gone."""
        return timesince(difference.found_at, difference.closed_at or clock.now())

    @admin.action(description=gettext_lazy("I look into it"), permissions=["view"])
    def take(self, request: HttpRequest, chosen: QuerySet) -> None:
        each(request, chosen.values_list("public_id", flat=True), take_difference)

    def get_urls(self) -> list:
        explain = self.admin_site.admin_view(self.explain)
        return [path("<str:public_id>/explain/", explain, name="payments_difference_explain"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        difference = kwargs.get("obj")
        context |= {
            "difference": difference,
            "can_explain": DIFFERENCE.can(difference, "explain"),
            "is_resolved": difference.state == DifferenceState.RESOLVED,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def explain(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Asks for the words, then keeps them with the difference."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        actor = by_admin(request)
        difference = get_difference(actor, public_id)
        form = ExplanationForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            context = self.admin_site.each_context(request) | {
                "title": _("Explain the difference"),
                "difference": difference,
                "form": form,
                "opts": self.opts,
            }
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, "payments/admin/explain.html", context, status=status)
        try:
            explain_difference(actor=actor, public_id=public_id, reason=form.cleaned_data["reason"])
        except (Refused, Conflict) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, _("Explained. It stays in the list until a comparison no longer finds it."))
        return redirect("admin:payments_difference_changelist")
