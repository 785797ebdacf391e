"""The desk of objections: what was counted of whom, why it should not be, and a decision with its reasons."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.functional import Promise
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.compliance.errors import RejectedByYou
from marketplace.compliance.forms import ReasonsForm
from marketplace.compliance.machine import OBJECTION, ObjectionState
from marketplace.compliance.models import Objection
from marketplace.compliance.selectors.objections import get_objection
from marketplace.compliance.services.objections import (
    confirm_rejection,
    overturn_rejection,
    reject_objection,
    uphold_objection,
)
from marketplace.core import clock
from marketplace.core.actor import Source, StaffRole
from marketplace.core.errors import Conflict, Refused
from marketplace.http.staff import StaffAdmin
from marketplace.http.views import say_refusal
from marketplace.reliability.measures import source_of


@dataclass(frozen=True, slots=True)
class Act:
    do: Callable[..., Objection]
    title: str | Promise


ACTS = {
    "uphold": Act(uphold_objection, gettext_lazy("Uphold: strike it out")),
    "reject": Act(reject_objection, gettext_lazy("Reject: it counts on")),
    "overturn": Act(overturn_rejection, gettext_lazy("Overturn the rejection: strike it out")),
    "confirm": Act(confirm_rejection, gettext_lazy("Confirm the rejection")),
}
WAITING = (ObjectionState.FILED, ObjectionState.APPEALED)


@admin.register(Objection)
class ObjectionAdmin(StaffAdmin):
    roles = frozenset({StaffRole.COMPLIANCE})
    change_form_template = "compliance/admin/objection.html"
    list_display = ("waiting", "title", "party", "source", "state", "filed_at", "decided_by", "settled_by")
    list_display_links = ("title",)
    list_filter = ("state", "source")
    list_select_related = ("party", "decided_by", "settled_by")
    search_fields = ("public_id", "title", "subject", "party__name")
    ordering = ("filed_at", "id")

    @admin.display(description=gettext_lazy("Waiting for"), ordering="filed_at")
    def waiting(self, objection: Objection) -> str:
        since = objection.appealed_at or objection.filed_at
        return timesince(since, clock.now()) if objection.state in WAITING else "—"

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        return [
            path("<str:public_id>/<str:answer>-objection/", decide, name="compliance_objection_decide"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        objection = kwargs.get("obj")
        context |= observed(objection) | {
            "acts": [(name, act.title) for name, act in ACTS.items() if OBJECTION.can(objection, name)],
            "rejected_by_reader": objection.state == ObjectionState.APPEALED
            and objection.decided_by_id == request.user.pk,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def decide(self, request: HttpRequest, public_id: str, answer: str) -> HttpResponse:
        """Asks for the reasons that the party reads, then decides."""
        if not self.has_view_permission(request) or answer not in ACTS:
            return HttpResponse(status=403)
        act, actor = ACTS[answer], replace(request.actor, source=Source.ADMIN)
        objection = get_objection(actor, public_id)
        form = ReasonsForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            context = (
                self.admin_site.each_context(request)
                | observed(objection)
                | {"title": act.title, "form": form, "opts": self.opts}
            )
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, "compliance/admin/objection_decide.html", context, status=status)
        try:
            act.do(actor=actor, public_id=public_id, **form.cleaned_data)
        except (Refused, Conflict, RejectedByYou) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, _("Decided. The party is told."))
        return redirect("admin:compliance_objection_changelist")


def observed(objection: Objection) -> dict[str, object]:
    """What was counted, as it was when they objected."""
    source = source_of(objection.party.kind, objection.source)
    facts = objection.facts
    return {
        "objection": objection,
        "source": source,
        "began_at": datetime.fromisoformat(facts["began_at"]),
        "ended_at": datetime.fromisoformat(facts["ended_at"]),
        "hours": facts["hours"],
        "missed": facts["missed"],
    }
