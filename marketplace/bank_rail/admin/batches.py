"""Files for the bank: gathered, approved by somebody else, downloaded, answered."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from marketplace.bank_rail.admin.desk import DeskAdmin, by_admin
from marketplace.bank_rail.machine import BATCH, BatchState
from marketplace.bank_rail.models import Batch
from marketplace.bank_rail.selectors.previews import SHOWN, what_waits
from marketplace.bank_rail.services.batches import approve_batch, cancel_batch, draft_batch, file_of
from marketplace.core.errors import Conflict
from marketplace.http.views import say_refusal

ANSWERED = (BatchState.SENT, BatchState.CLOSED)


@admin.register(Batch)
class BatchAdmin(DeskAdmin):
    change_list_template = "bank_rail/admin/batches.html"
    change_form_template = "bank_rail/admin/batch.html"
    list_display = ("made_at", "total", "count", "state", "made_by", "approved_by", "closed_at")
    list_filter = ("state", "currency")
    list_select_related = ("made_by", "approved_by")
    search_fields = ("public_id", "sha256")
    ordering = ("-id",)

    @admin.display(description=gettext_lazy("sum"), ordering="amount_minor")
    def total(self, batch: Batch) -> str:
        return str(batch.money)

    def get_urls(self) -> list:
        views = (self.draft, self.approve, self.cancel, self.download)
        draft, approve, cancel, download = (self.admin_site.admin_view(view) for view in views)
        return [
            path("draft/<str:currency>/", draft, name="bank_rail_batch_draft"),
            path("<str:public_id>/approve/", approve, name="bank_rail_batch_approve"),
            path("<str:public_id>/cancel/", cancel, name="bank_rail_batch_cancel"),
            path("<str:public_id>/file/", download, name="bank_rail_batch_file"),
            *super().get_urls(),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return super().changelist_view(request, (extra_context or {}) | {"what_waits": what_waits()})

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        batch = kwargs.get("obj")
        is_drafted = batch.state == BatchState.DRAFTED
        context |= {
            "batch": batch,
            "orders": batch.orders.order_by("pk")[:SHOWN],
            "shown": min(SHOWN, batch.count),
            "is_drafted": is_drafted,
            "is_mine": is_drafted and batch.made_by_id == request.user.pk,
            "may_cancel": BATCH.can(batch, "cancel"),
            "has_file": bool(batch.sealed_file) and batch.state != BatchState.CANCELLED,
            "may_be_answered": batch.state in ANSWERED,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def draft(self, request: HttpRequest, currency: str) -> HttpResponse:
        done = _("Gathered. Somebody else of finance approves it.")
        return self.act(request, lambda: draft_batch(actor=by_admin(request), currency=currency), done)

    def approve(self, request: HttpRequest, public_id: str) -> HttpResponse:
        done = _("Approved: its file can be downloaded.")
        return self._about(request, public_id, approve_batch, done)

    def cancel(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self._about(request, public_id, cancel_batch, _("Cancelled: its orders wait for another file."))

    def download(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """The file; from now on the bank may have it, so a GET is not enough."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        batch = get_object_or_404(Batch.objects.visible_to(request.actor), public_id=public_id)
        try:
            content = file_of(actor=by_admin(request), public_id=public_id)
        except Conflict as refusal:
            say_refusal(request, refusal)
            return self.show(batch)
        response = HttpResponse(content, content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="{batch.public_id}.csv"'
        return response

    def _about(self, request: HttpRequest, public_id: str, act: Any, done: str) -> HttpResponse:
        batch = get_object_or_404(Batch.objects.visible_to(request.actor), public_id=public_id)
        return self.act(request, lambda: act(actor=by_admin(request), public_id=public_id), done, batch)
