"""The desk of operations: V tasks that a rule has touched, and everything else to be read."""

from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.campaigns.forms.review import RejectForm
from marketplace.campaigns.machine import V_TASK
from marketplace.campaigns.models import Application, Offer, VTask
from marketplace.campaigns.services.publishing import approve_task, reject_task
from marketplace.campaigns.wording import said_hit
from marketplace.core.actor import Actor, Source, StaffRole
from marketplace.core.errors import Conflict, Refused
from marketplace.http.staff import StaffAdmin
from marketplace.http.views import say_refusal

OPERATIONS = frozenset({StaffRole.OPERATIONS})
READERS = frozenset({StaffRole.OPERATIONS, StaffRole.COMPLIANCE})


@admin.register(VTask)
class VTaskAdmin(StaffAdmin):
    roles = READERS
    change_form_template = "campaigns/admin/decide.html"
    list_display = ("title", "party", "state", "category", "form", "seats", "seats_taken", "submitted_at", "opened_at")
    list_filter = ("state", "category", "form", "mode", "currency")
    list_select_related = ("party",)
    search_fields = ("public_id", "title", "party__name")
    ordering = ("-submitted_at", "-id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[VTask]:
        """Drafts are nobody's business yet."""
        return super().get_queryset(request).exclude(state="draft").defer("search")

    def get_readonly_fields(self, request: HttpRequest, obj: VTask | None = None) -> list[str]:
        return [name for name in super().get_readonly_fields(request, obj) if name != "search"]

    def get_fields(self, request: HttpRequest, obj: VTask | None = None) -> list[str]:
        return [name for name in super().get_fields(request, obj) if name != "search"]

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        return [
            path("<str:public_id>/approve/", decide, {"yes": True}, name="v_task_approve"),
            path("<str:public_id>/reject/", decide, {"yes": False}, name="v_task_reject"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        task = kwargs.get("obj")
        context |= {
            "task": task,
            "products": task.products.all(),
            "hits": [said_hit(hit) for hit in task.review_hits],
            "can_decide": V_TASK.can(task, "publish") and bool(OPERATIONS & request.actor.staff_roles),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def decide(self, request: HttpRequest, public_id: str, yes: bool) -> HttpResponse:
        """Says what will happen, asks for a reason where one is owed, then does it."""
        task = get_object_or_404(VTask.objects.filter(state="in_review"), public_id=public_id)
        form = RejectForm(request.POST if request.method == "POST" else None)
        if request.method == "POST" and (yes or form.is_valid()):
            return self.done(request, task, yes, form)
        context = self.admin_site.each_context(request) | {
            "title": _("Let it open") if yes else _("Ask for a change"),
            "task": task,
            "hits": [said_hit(hit) for hit in task.review_hits],
            "form": None if yes else form,
            "opts": self.opts,
            "original": task,
        }
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "campaigns/admin/decision.html", context, status=status)

    def done(self, request: HttpRequest, task: VTask, yes: bool, form: RejectForm) -> HttpResponse:
        actor = actor_of(request)
        try:
            if yes:
                approve_task(actor=actor, public_id=task.public_id)
            else:
                reject_task(actor=actor, public_id=task.public_id, reason=form.cleaned_data["reason"])
        except (Refused, Conflict) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, _("It is open.") if yes else _("The merchant is told what to change."))
        return redirect("admin:campaigns_vtask_changelist")


@admin.register(Application)
class ApplicationAdmin(StaffAdmin):
    roles = OPERATIONS
    list_display = ("created_at", "task", "anchor", "by_party", "origin", "state", "decide_by", "unanswered_at")
    list_filter = ("state", "origin")
    list_select_related = ("task", "anchor", "by_party")
    search_fields = ("public_id", "task__title", "anchor__name")
    ordering = ("-id",)


@admin.register(Offer)
class OfferAdmin(StaffAdmin):
    roles = OPERATIONS
    list_display = ("created_at", "application", "number", "side", "fee_said", "state", "expires_at")
    list_filter = ("state", "side")
    list_select_related = ("application__anchor", "application__task")
    search_fields = ("public_id", "application__public_id")
    ordering = ("-id",)

    @admin.display(description=gettext_lazy("fee"))
    def fee_said(self, offer: Offer) -> str:
        return str(offer.fee)


def actor_of(request: HttpRequest) -> Actor:
    return replace(request.actor, source=Source.ADMIN)
