"""Taking a transfer back from its payee: finance decides, in words that she reads."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from marketplace.core.errors import Conflict, Refused
from marketplace.http.views import say_refusal
from marketplace.payments.admin.money import MoneyAdmin
from marketplace.payments.admin.reconciliation import FinanceAdmin, by_admin
from marketplace.payments.forms.taking_back import TakingBackForm
from marketplace.payments.models import TransferReversal
from marketplace.payments.selectors.reversals import get_transfer
from marketplace.payments.services.reversals import take_transfer_back


@admin.register(TransferReversal)
class TransferReversalAdmin(FinanceAdmin, MoneyAdmin):
    list_display = ("created_at", "party", "amount", "state", "decided_by", "failure")
    list_filter = ("state", "provider", "currency")
    list_select_related = ("party", "decided_by")
    search_fields = ("public_id", "transfer__public_id", "party__name")
    ordering = ("-id",)

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        return [path("of/<str:public_id>/", decide, name="payments_transfer_take_back"), *super().get_urls()]

    def decide(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Asks for the reason, then takes it back."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        transfer = get_transfer(public_id)
        form = TakingBackForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            context = self.admin_site.each_context(request) | {
                "title": _("Take a transfer back"),
                "transfer": transfer,
                "form": form,
                "opts": self.opts,
            }
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, "payments/admin/take_back.html", context, status=status)
        try:
            take_transfer_back(actor=by_admin(request), public_id=public_id, reason=form.cleaned_data["reason"])
        except (Refused, Conflict) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, _("The payee is told why, and whom to write to."))
        return redirect("admin:payments_transferreversal_changelist")
