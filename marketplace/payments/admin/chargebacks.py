"""Chargebacks and debts for finance: to be read; our answer is written and handed in here."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.errors import Conflict, Refused
from marketplace.core.money import Money
from marketplace.http.staff import ReadOnlyInline
from marketplace.http.views import say_refusal
from marketplace.payments.admin.money import MoneyAdmin, each
from marketplace.payments.admin.reconciliation import FinanceAdmin, by_admin
from marketplace.payments.evidence import as_sent
from marketplace.payments.forms.evidence import EvidenceForm
from marketplace.payments.machine import EVIDENCE
from marketplace.payments.models import Chargeback, ChargebackPart, Debt, DebtSettlement
from marketplace.payments.selectors.chargebacks import get_chargeback
from marketplace.payments.services.chargebacks import gather_again, write_evidence


class PartsInline(ReadOnlyInline):
    model = ChargebackPart
    fields = ("place", "amount_minor", "currency", "contract", "back_at", "ended_at")
    readonly_fields = fields


@admin.register(Chargeback)
class ChargebackAdmin(FinanceAdmin, MoneyAdmin):
    change_form_template = "payments/admin/chargeback.html"
    list_display = ("opened_at", "party", "amount", "state", "reason", "due_at", "answer", "taken_now", "charge")
    list_filter = ("state", "provider", "currency")
    list_select_related = ("party", "evidence")
    search_fields = ("public_id", "provider_chargeback", "charge", "party__name")
    exclude = ("status_rank", "lines", "rounds")
    ordering = ("-id",)
    inlines = (PartsInline,)
    actions = ("gather",)

    @admin.display(description=gettext_lazy("taken"))
    def taken_now(self, chargeback: Chargeback) -> str:
        return str(chargeback.taken)

    @admin.display(description=gettext_lazy("evidence"))
    def answer(self, chargeback: Chargeback) -> str:
        return chargeback.evidence.state

    @admin.action(description=gettext_lazy("Gather the evidence again"), permissions=["view"])
    def gather(self, request: HttpRequest, chosen: QuerySet) -> None:
        each(request, chosen.values_list("public_id", flat=True), gather_again)

    def get_urls(self) -> list:
        answer = self.admin_site.admin_view(self.write)
        return [path("<str:public_id>/answer/", answer, name="payments_chargeback_answer"), *super().get_urls()]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        context |= said(kwargs["obj"])
        return super().render_change_form(request, context, *args, **kwargs)

    def write(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Our own words beside what was gathered; kept, or handed in."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        chargeback = get_chargeback(public_id)
        form = EvidenceForm(request.POST if request.method == "POST" else None, initial=chargeback.evidence.words)
        if not form.is_valid():
            context = self.admin_site.each_context(request) | said(chargeback)
            context |= {"title": _("Answer the chargeback"), "form": form, "opts": self.opts}
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, "payments/admin/answer.html", context, status=status)
        and_hand_in = request.POST.get("then") == "hand_in"
        try:
            write_evidence(actor=by_admin(request), public_id=public_id, words=form.words, and_hand_in=and_hand_in)
        except (Refused, Conflict) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, _("It goes to the bank now.") if and_hand_in else _("Kept; it is not handed in."))
        return redirect("admin:payments_chargeback_change", chargeback.pk)


def said(chargeback: Chargeback) -> dict[str, Any]:
    """The answer as it would go out, text by text."""
    evidence = chargeback.evidence
    return {
        "chargeback": chargeback,
        "evidence": evidence,
        "texts": as_sent(evidence.gathered, evidence.words).items(),
        "can_answer": chargeback.is_standing and EVIDENCE.can(evidence, "submit"),
    }


class SettlementsInline(ReadOnlyInline):
    model = DebtSettlement
    fields = ("at", "how", "amount_minor", "contract")
    readonly_fields = fields


@admin.register(Debt)
class DebtAdmin(FinanceAdmin, MoneyAdmin):
    list_display = ("at", "party", "why", "amount", "left")
    list_filter = ("why", "currency")
    list_select_related = ("party",)
    search_fields = ("public_id", "party__name")
    ordering = ("-id",)
    inlines = (SettlementsInline,)

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_left()

    @admin.display(description=gettext_lazy("still owed"))
    def left(self, debt: Debt) -> str:
        return str(Money(debt.left_minor, debt.currency))
