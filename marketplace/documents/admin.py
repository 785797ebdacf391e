"""Documents for finance, to be read; and the fee of a release, given back."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.core.errors import Conflict, Refused
from marketplace.documents.forms import GivingBackForm
from marketplace.documents.models import Document, FeeReturn
from marketplace.documents.selectors import get_release
from marketplace.documents.services.fees import give_fee_back
from marketplace.documents.serving import chosen_language, pdf_answer
from marketplace.http.views import say_refusal
from marketplace.payments.admin.finance import FinanceAdmin, by_admin


@admin.register(Document)
class DocumentAdmin(FinanceAdmin):
    """An invoice names its releases, each with the way to give its fee back."""

    change_form_template = "documents/admin/document.html"
    list_display = ("number", "kind", "party", "amount", "month", "issued_at")
    list_filter = ("kind", "currency", "series__year")
    list_select_related = ("party",)
    search_fields = ("public_id", "number", "cause", "party__name")
    ordering = ("-id",)

    @admin.display(description=gettext_lazy("total"), ordering="total_minor")
    def amount(self, document: Document) -> str:
        return str(document.total)

    def get_urls(self) -> list:
        drawn = self.admin_site.admin_view(self.drawn)
        return [path("of/<str:public_id>.pdf", drawn, name="documents_document_pdf"), *super().get_urls()]

    def drawn(self, request: HttpRequest, public_id: str) -> HttpResponse:
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        document = self.get_queryset(request).filter(public_id=public_id).first()
        return pdf_answer(document, chosen_language(request)) if document else HttpResponse(status=404)


@admin.register(FeeReturn)
class FeeReturnAdmin(FinanceAdmin):
    list_display = ("at", "party", "amount", "reason", "decided_by")
    list_filter = ("currency",)
    list_select_related = ("party", "decided_by")
    search_fields = ("public_id", "release__public_id", "party__name")
    ordering = ("-id",)

    @admin.display(description=gettext_lazy("amount"))
    def amount(self, returned: FeeReturn) -> str:
        return str(returned.money)

    def get_urls(self) -> list:
        decide = self.admin_site.admin_view(self.decide)
        return [path("of/<str:public_id>/", decide, name="documents_fee_give_back"), *super().get_urls()]

    def decide(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Asks for the reason, then gives it back."""
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        release = get_release(public_id)
        form = GivingBackForm(request.POST if request.method == "POST" else None)
        if not form.is_valid():
            context = self.admin_site.each_context(request) | {
                "title": _("Give a fee back"),
                "release": release,
                "fee": release.money("platform_fee"),
                "vat": release.money("vat"),
                "form": form,
                "opts": self.opts,
            }
            status = 422 if form.is_bound else 200
            return TemplateResponse(request, "documents/admin/give_back.html", context, status=status)
        try:
            give_fee_back(actor=by_admin(request), release_id=public_id, reason=form.cleaned_data["reason"])
        except (Refused, Conflict) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, _("It is in the merchant’s wallet. A credit note says why."))
        return redirect("admin:documents_feereturn_changelist")
