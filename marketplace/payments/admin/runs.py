"""Payout runs for finance: what one would pay out beside the last, two people's approval, how far it is; and the switch
that pauses all payouts."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.errors import Conflict, Forbidden, Refused
from marketplace.http.views import say_refusal
from marketplace.payments.admin.finance import FinanceAdmin, by_admin
from marketplace.payments.admin.money import MoneyAdmin
from marketplace.payments.admin.pausing import PausableAdmin, with_pause
from marketplace.payments.forms.pause import PauseForm
from marketplace.payments.machine import PAYOUT_RUN, PayoutRunState
from marketplace.payments.models import PayoutPause, PayoutRun, PayoutRunMember
from marketplace.payments.selectors.pausing import find_pause
from marketplace.payments.selectors.payout_runs import get_payout_run, view_of
from marketplace.payments.services.payout_pause import pause_payouts, resume_payouts
from marketplace.payments.services.payout_runs import approve_payout_run, cancel_payout_run, plan_payout_run


@admin.register(PayoutRun)
class PayoutRunAdmin(PausableAdmin, FinanceAdmin):
    change_list_template = "payments/admin/payout_runs.html"
    change_form_template = "payments/admin/payout_run.html"
    list_display = ("planned_at", "state", "sums", "alone", "planned_by", "first_by", "second_by", "closed_at")
    list_filter = ("state", "alone")
    list_select_related = ("planned_by", "first_by", "second_by")
    search_fields = ("public_id",)
    ordering = ("-id",)
    fields = (
        *("public_id", "state", "alone", "planned_by", "first_by", "second_by"),
        *("planned_at", "expires_at", "approved_at", "closed_at"),
    )

    @admin.display(description=gettext_lazy("sums"))
    def sums(self, run: PayoutRun) -> str:
        return ", ".join(str(total.money) for total in sorted(run.totals.all(), key=lambda total: total.currency))

    def get_queryset(self, request: HttpRequest):
        return super().get_queryset(request).prefetch_related("totals")

    def get_urls(self) -> list:
        plan, approve, cancel = (self.admin_site.admin_view(view) for view in (self.plan, self.approve, self.cancel))
        return [
            path("plan/", plan, name="payments_payoutrun_plan"),
            path("<str:public_id>/approve/", approve, name="payments_payoutrun_approve"),
            path("<str:public_id>/cancel/", cancel, name="payments_payoutrun_cancel"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        run, paused = kwargs.get("obj"), context.get("payouts_pause")
        is_planned = run.state == PayoutRunState.PLANNED
        context |= {
            "run": run,
            "view": view_of(run),
            "is_planned": is_planned,
            "may_approve": is_planned and not paused and run.first_by_id != request.user.pk,
            "may_cancel": PAYOUT_RUN.can(run, "cancel"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def plan(self, request: HttpRequest) -> HttpResponse:
        def act() -> PayoutRun | None:
            return plan_payout_run(actor=by_admin(request))

        return self.act(request, act, _("Planned. Look at it; two of you approve it."))

    def approve(self, request: HttpRequest, public_id: str) -> HttpResponse:
        def act() -> PayoutRun:
            return approve_payout_run(actor=by_admin(request), public_id=public_id)

        return self.act(request, act, _("Approved."), public_id)

    def cancel(self, request: HttpRequest, public_id: str) -> HttpResponse:
        def act() -> PayoutRun:
            return cancel_payout_run(actor=by_admin(request), public_id=public_id)

        return self.act(request, act, _("Cancelled: nothing more of it is posted."), public_id)

    def act(
        self, request: HttpRequest, act: Callable[[], PayoutRun | None], done: str, public_id: str = ""
    ) -> HttpResponse:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        run = get_payout_run(request.actor, public_id) if public_id else None
        try:
            run = act()
        except (Refused, Conflict, Forbidden) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, done)
        if run is None:
            return redirect("admin:payments_payoutrun_changelist")
        return redirect("admin:payments_payoutrun_change", run.pk)


@admin.register(PayoutRunMember)
class PayoutRunMemberAdmin(PausableAdmin, MoneyAdmin):
    list_display = ("party", "amount", "outcome", "reason", "payout", "run")
    list_filter = ("outcome", "reason", "currency", "run")
    list_select_related = ("party", "payout", "run")
    search_fields = ("party__name", "payout__public_id")
    ordering = ("-id",)
    fields = ("run", "party", "provider", "amount_minor", "currency", "outcome", "reason", "payout")


@admin.register(PayoutPause)
class PayoutPauseAdmin(PausableAdmin, FinanceAdmin):
    change_list_template = "payments/admin/pauses.html"
    list_display = ("at", "paused", "by", "reason")
    list_select_related = ("by",)
    ordering = ("-number",)

    def get_urls(self) -> list:
        turn = self.admin_site.admin_view(self.turn)
        return [path("turn/", turn, name="payments_payouts_turn"), *super().get_urls()]

    def turn(self, request: HttpRequest) -> HttpResponse:
        """Asks why, then pauses all payouts or lets them go on."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        pause = find_pause()
        form = PauseForm(request.POST if request.method == "POST" else None, initial={"paused": pause is None})
        if not form.is_valid():
            context = self.admin_site.each_context(request) | {
                "title": _("Let payouts go on") if pause else _("Pause all payouts"),
                "form": form,
                "opts": self.opts,
            }
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, "payments/admin/turn.html", with_pause(context), status=status)
        turn = pause_payouts if form.cleaned_data["paused"] else resume_payouts
        try:
            turn(actor=by_admin(request), reason=form.cleaned_data["reason"])
        except Refused as refusal:
            say_refusal(request, refusal)
        else:
            paused = form.cleaned_data["paused"]
            messages.success(request, _("All payouts are paused.") if paused else _("Payouts go on."))
        return redirect("admin:payments_payoutpause_changelist")
