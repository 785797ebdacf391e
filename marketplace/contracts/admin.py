"""Contracts for staff and for the agencies in them, to be read; and the desk where staff decide disputes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Case, Model, Q, QuerySet, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.contracts import template_admin  # noqa: F401  its table registers itself
from marketplace.contracts.errors import DecidedByYou
from marketplace.contracts.forms.decision import SplitForm
from marketplace.contracts.machine import DISPUTE, OPEN_DISPUTE, DisputeState
from marketplace.contracts.models import Contract, Deliverable, Dispute, ExtraRound, Release, Side, Signature
from marketplace.contracts.selectors.disputes import evidence_about, history_of_dispute, proposals_of
from marketplace.contracts.selectors.next_step import BOTH, NOBODY, STAFF, of_dispute
from marketplace.contracts.selectors.room import get_dispute
from marketplace.contracts.services.deciding import decide_dispute, settle_appeal
from marketplace.contracts.services.mediation import propose_as_mediator
from marketplace.contracts.steps.split_preview import split_preview
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


@dataclass(frozen=True, slots=True)
class DeskAct:
    """What staff do about a dispute: `move` of its machine; `said` afterwards, `does` before, with the split's sums."""

    move: str
    title: str
    does: str
    said: str
    do: Callable[..., object]


ACTS = {
    "propose": DeskAct(
        "propose",
        gettext_lazy("Propose a split"),
        gettext_lazy("Nothing moves yet. If both sides accept within five business days, this does:"),
        gettext_lazy("Proposed. Both sides are asked."),
        propose_as_mediator,
    ),
    "decide": DeskAct(
        "decide",
        gettext_lazy("Decide the dispute"),
        gettext_lazy("Nothing moves for five business days, in which each side may appeal. Without one, this does:"),
        gettext_lazy("Decided. Both sides read the reasons and may appeal."),
        decide_dispute,
    ),
    "settle": DeskAct(
        "settle_appeal",
        gettext_lazy("Settle the appeal"),
        gettext_lazy("This is final, and moves at once:"),
        gettext_lazy("Settled. The money moves, and both sides read the reasons."),
        settle_appeal,
    ),
}
OVERDUE, OURS, THEIRS, OVER = range(4)


@admin.register(Dispute)
class DisputeAdmin(StaffAdmin):
    """The mediator's desk: what is overdue first, then what waits for us, then what waits for the sides."""

    roles = frozenset({StaffRole.OPERATIONS})
    change_form_template = "contracts/admin/dispute.html"
    list_display = ("turn", "until", "amount", "contract", "deliverable", "state", "waiting", "decided_by")
    list_display_links = ("turn", "contract")
    list_filter = ("state", "side")
    list_select_related = ("contract__merchant", "contract__anchor", "deliverable", "decided_by")
    search_fields = ("public_id", "contract__title", "contract__public_id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Dispute]:
        now = clock.now()
        late = Q(state=DisputeState.MEDIATION, mediate_by__lte=now) | Q(state=DisputeState.APPEALED, settle_by__lte=now)
        ours = Q(state__in=[DisputeState.MEDIATION, DisputeState.APPEALED])
        rank = Case(
            When(late, then=OVERDUE), When(ours, then=OURS), When(state__in=OPEN_DISPUTE, then=THEIRS), default=OVER
        )
        return Dispute.objects.annotate(rank=rank).order_by(*self.get_ordering(request))

    def get_ordering(self, request: HttpRequest) -> tuple[str, ...]:
        return ("rank", "opened_at", "id")

    @admin.display(description=gettext_lazy("Whose turn"))
    def turn(self, dispute: Dispute) -> str:
        if dispute.state not in OPEN_DISPUTE:
            return "—"
        who = of_dispute(dispute).who
        names = {
            STAFF: _("Overdue: our staff") if dispute.is_overdue else _("Our staff"),
            BOTH: _("Both sides"),
            NOBODY: _("Nobody; the clock"),
            Side.MERCHANT: dispute.contract.merchant.name,
            Side.ANCHOR: dispute.contract.anchor.name,
        }
        return names[who]

    @admin.display(description=gettext_lazy("Until"))
    def until(self, dispute: Dispute) -> datetime | str:
        return (of_dispute(dispute).until if dispute.state in OPEN_DISPUTE else None) or "—"

    @admin.display(description=gettext_lazy("Waiting for"), ordering="opened_at")
    def waiting(self, dispute: Dispute) -> str:
        return timesince(dispute.opened_at, clock.now()) if dispute.state in OPEN_DISPUTE else "—"

    @admin.display(description=gettext_lazy("amount"), ordering="amount_minor")
    def amount(self, dispute: Dispute) -> str:
        return str(dispute.amount)

    def get_urls(self) -> list:
        act = self.admin_site.admin_view(self.act)
        own = [path(f"<str:public_id>/{name}/", act, {"name": name}, name=f"contracts_dispute_{name}") for name in ACTS]
        return [*own, *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        dispute = kwargs.get("obj")
        context |= everything_about(dispute) | {
            "acts": [
                (f"admin:contracts_dispute_{name}", act.title)
                for name, act in ACTS.items()
                if DISPUTE.can(dispute, act.move)
            ],
            "decided_by_reader": dispute.decided_by_id == request.user.pk,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def act(self, request: HttpRequest, public_id: str, name: str) -> HttpResponse:
        """Asks for the split and its reasons, then shows what that does with the money, then does it."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        act = ACTS[name]
        actor = replace(request.actor, source=Source.ADMIN)
        dispute = get_dispute(actor, public_id)
        form = SplitForm(request.POST if request.method == "POST" else None)
        if form.is_valid() and form.cleaned_data["confirmed"]:
            try:
                act.do(actor=actor, public_id=public_id, anchor_bp=form.anchor_bp, reasons=form.cleaned_data["reasons"])
            except (Refused, Conflict, DecidedByYou) as refusal:
                say_refusal(request, refusal)
            else:
                messages.success(request, act.said)
            return redirect("admin:contracts_dispute_changelist")
        context = (
            self.admin_site.each_context(request)
            | everything_about(dispute)
            | {
                "title": act.title,
                "does": act.does,
                "form": form,
                "possible": DISPUTE.can(dispute, act.move),
                "opts": self.opts,
            }
        )
        if form.is_bound and form.is_valid() and context["possible"]:
            context["preview"] = split_preview(dispute, form.anchor_bp)
        status = 422 if form.is_bound and not form.is_valid() else 200
        return TemplateResponse(request, "contracts/admin/decide.html", context, status=status)


def everything_about(dispute: Dispute) -> dict[str, object]:
    return {
        "dispute": dispute,
        "proposals": proposals_of(dispute),
        "appeals": dispute.appeals.select_related("by").order_by("id"),
        "history": history_of_dispute(dispute),
        "evidence": evidence_about(dispute),
    }
