"""Contracts for staff and for the agencies in them, to be read; and the desk where staff decide disputes."""

from dataclasses import replace
from typing import Any

from django.contrib import admin, messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.contracts.forms.decision import SplitForm
from marketplace.contracts.machine import DISPUTE, DisputeState
from marketplace.contracts.models import Contract, Deliverable, Dispute, ExtraRound, Release, Signature
from marketplace.contracts.selectors.room import get_dispute, submissions_of
from marketplace.contracts.services.disputes import decide_dispute
from marketplace.core import clock
from marketplace.core.actor import Source, StaffRole
from marketplace.core.errors import Conflict, Refused
from marketplace.http.staff import ReadOnlyInline, StaffAdmin, agency_lead
from marketplace.http.views import say_refusal

READERS = frozenset({StaffRole.OPERATIONS, StaffRole.COMPLIANCE})


class SignatureInline(ReadOnlyInline):
    model = Signature
    fields = ("capacity", "name", "method", "signed_at")
    readonly_fields = fields


class DeliverableInline(ReadOnlyInline):
    model = Deliverable
    fields = ("place", "title", "kind", "due_on", "state", "releases_minor")
    readonly_fields = fields


class ReleaseInline(ReadOnlyInline):
    model = Release
    fields = ("at", "why", "deliverable", "gross_minor", "anchor_minor", "agency_minor", "platform_fee_minor")
    readonly_fields = fields


@admin.register(Contract)
class ContractAdmin(StaffAdmin):
    """Staff see all of them; whoever runs an agency sees those that it is a side of."""

    roles = READERS
    inlines = (DeliverableInline, ReleaseInline, SignatureInline)
    list_display = ("drafted_at", "title", "merchant", "anchor", "agency", "state", "fund_by", "concluded_at")
    list_display_links = ("title",)
    list_filter = ("state", "currency")
    list_select_related = ("merchant", "anchor", "agency")
    search_fields = ("public_id", "title", "merchant__name", "anchor__name")
    ordering = ("-id",)

    def has_view_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return super().has_view_permission(request, obj) or agency_lead(request)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contract]:
        return super().get_queryset(request).visible_to(request.actor)


@admin.register(ExtraRound)
class ExtraRoundAdmin(StaffAdmin):
    roles = READERS
    list_display = ("asked_at", "deliverable", "price", "state", "funded_by", "paid_at", "used_at", "closed_at")
    list_filter = ("state",)
    list_select_related = ("deliverable__contract",)
    search_fields = ("public_id", "deliverable__contract__public_id", "deliverable__contract__title")
    ordering = ("-id",)

    @admin.display(description=gettext_lazy("amount"))
    def price(self, extra_round: ExtraRound) -> str:
        return str(extra_round.falls.money("gross"))


@admin.register(Dispute)
class DisputeAdmin(StaffAdmin):
    roles = frozenset({StaffRole.OPERATIONS})
    change_form_template = "contracts/admin/dispute.html"
    list_display = ("waiting", "contract", "deliverable", "amount", "side", "state", "reply_by", "decided_by")
    list_filter = ("state", "side")
    list_select_related = ("contract", "deliverable", "decided_by")
    search_fields = ("public_id", "contract__title", "contract__public_id")
    ordering = ("opened_at", "id")

    @admin.display(description=gettext_lazy("Waiting for"), ordering="opened_at")
    def waiting(self, dispute: Dispute) -> str:
        is_open = dispute.state in {DisputeState.AWAITING_REPLY, DisputeState.IN_DECISION}
        return timesince(dispute.opened_at, clock.now()) if is_open else "—"

    @admin.display(description=gettext_lazy("amount"), ordering="amount_minor")
    def amount(self, dispute: Dispute) -> str:
        return str(dispute.amount)

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        return [path("<str:public_id>/decide/", decide, name="contracts_dispute_decide"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        dispute = kwargs.get("obj")
        context |= {
            "dispute": dispute,
            "submissions": submissions_of(dispute.deliverable),
            "can_decide": DISPUTE.can(dispute, "decide"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def decide(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Asks for the split and its reasons, then posts it to the ledger."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        actor = replace(request.actor, source=Source.ADMIN)
        dispute = get_dispute(actor, public_id)
        form = SplitForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            context = self.admin_site.each_context(request) | {
                "title": _("Decide the dispute"),
                "dispute": dispute,
                "submissions": submissions_of(dispute.deliverable),
                "form": form,
                "opts": self.opts,
            }
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, "contracts/admin/decide.html", context, status=status)
        try:
            decide_dispute(
                actor=actor, public_id=public_id, anchor_bp=form.anchor_bp, reasons=form.cleaned_data["reasons"]
            )
        except (Refused, Conflict) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, _("Decided. The money moves, and both sides read the reasons."))
        return redirect("admin:contracts_dispute_changelist")
