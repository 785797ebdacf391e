"""The desk of reports: a queue, what was there when it was reported, and a decision with its reason."""

from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.compliance.forms import DecisionForm
from marketplace.compliance.machine import REPORT, ReportState
from marketplace.compliance.models import Report
from marketplace.compliance.selectors import get_report
from marketplace.compliance.services.reports import act_on_report, dismiss_report
from marketplace.compliance.subjects import staff_may_open
from marketplace.core import clock
from marketplace.core.actor import Source, StaffRole
from marketplace.core.errors import Conflict, Refused
from marketplace.http.staff import StaffAdmin
from marketplace.http.views import say_refusal

SERVICES = {"dismiss": dismiss_report, "act": act_on_report}


@admin.register(Report)
class ReportAdmin(StaffAdmin):
    roles = frozenset({StaffRole.COMPLIANCE})
    change_form_template = "compliance/admin/report.html"
    list_display = ("waiting", "title", "kind", "reason", "state", "party", "reporter", "created_at", "decided_by")
    list_display_links = ("title",)
    list_filter = ("state", "reason", "kind")
    list_select_related = ("party", "reporter", "decided_by")
    search_fields = ("public_id", "title", "subject", "party__name", "reporter__email")
    ordering = ("created_at", "id")

    @admin.display(description=gettext_lazy("Waiting for"), ordering="created_at")
    def waiting(self, report: Report) -> str:
        return timesince(report.created_at, clock.now()) if report.state == ReportState.REPORTED else "—"

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        return [
            path("<str:public_id>/<str:answer>-report/", decide, name="compliance_report_decide"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        report = kwargs.get("obj")
        context |= {"report": report, "can_decide": REPORT.can(report, "dismiss")}
        context["may_open"] = staff_may_open(report.kind)
        return super().render_change_form(request, context, *args, **kwargs)

    def decide(self, request: HttpRequest, public_id: str, answer: str) -> HttpResponse:
        """Asks for the words that the reporter reads, then dismisses or acts."""
        actor = replace(request.actor, source=Source.ADMIN)
        if not self.has_view_permission(request) or answer not in SERVICES:
            return HttpResponse(status=403)
        report = get_report(actor, public_id)
        form = DecisionForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            context = self.admin_site.each_context(request) | {
                "title": _("Dismiss") if answer == "dismiss" else _("Something was done"),
                "report": report,
                "form": form,
                "opts": self.opts,
            }
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, "compliance/admin/decide.html", context, status=status)
        try:
            SERVICES[answer](actor=actor, public_id=public_id, **form.cleaned_data)
        except (Refused, Conflict) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, _("Decided. The reporter is told."))
        return redirect("admin:compliance_report_changelist")
