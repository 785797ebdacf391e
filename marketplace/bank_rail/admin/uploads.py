"""Files of the bank's: uploaded, looked at, booked by somebody else or discarded."""

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.translation import gettext as _

from marketplace.bank_rail.admin.desk import DeskAdmin, by_admin
from marketplace.bank_rail.forms.files import BankFileForm, StatementForm
from marketplace.bank_rail.machine import UploadState
from marketplace.bank_rail.models import Batch, Upload
from marketplace.bank_rail.selectors.previews import answers_in, preview_of
from marketplace.bank_rail.services.confirmations import book_confirmation, preview_confirmation
from marketplace.bank_rail.services.statements import book_statement, discard_upload, preview_statement
from marketplace.core.errors import Conflict, Refused
from marketplace.http.sentences import sentence


@admin.register(Upload)
class UploadAdmin(DeskAdmin):
    change_list_template = "bank_rail/admin/uploads.html"
    change_form_template = "bank_rail/admin/upload.html"
    list_display = ("uploaded_at", "name", "kind", "state", "first_on", "last_on", "uploaded_by", "booked_by")
    list_filter = ("kind", "state", "currency")
    list_select_related = ("uploaded_by", "booked_by")
    search_fields = ("name", "sha256", "public_id")
    ordering = ("-id",)

    def get_urls(self) -> list:
        views = (self.statement, self.confirmation, self.book, self.discard)
        statement, confirmation, book, discard = (self.admin_site.admin_view(view) for view in views)
        return [
            path("statement/", statement, name="bank_rail_upload_statement"),
            path("confirmation/<str:batch>/", confirmation, name="bank_rail_upload_confirmation"),
            path("<str:public_id>/book/", book, name="bank_rail_upload_book"),
            path("<str:public_id>/discard/", discard, name="bank_rail_upload_discard"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        upload = kwargs.get("obj")
        waits = upload.state == UploadState.PREVIEWED
        is_statement = upload.kind == Upload.Kind.STATEMENT
        preview = preview_of(upload) if waits and is_statement else None
        context |= {
            "upload": upload,
            "waits": waits,
            "is_mine": waits and upload.uploaded_by_id == request.user.pk,
            "shown": len(preview.rows) if preview else 0,
            "preview": preview,
            "answers": answers_in(upload) if waits and not is_statement else None,
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def statement(self, request: HttpRequest) -> HttpResponse:
        """Asks for a statement and shows what is in it."""
        form = StatementForm(*self._given(request))
        return self._taken(
            request,
            form,
            _("Upload a statement"),
            lambda content, name: preview_statement(
                actor=by_admin(request), name=name, content=content, currency=form.cleaned_data["currency"]
            ),
        )

    def confirmation(self, request: HttpRequest, batch: str) -> HttpResponse:
        """Asks for the bank's answers to a batch and shows what they are."""
        about = get_object_or_404(Batch.objects.visible_to(request.actor), public_id=batch)
        form = BankFileForm(*self._given(request))
        return self._taken(
            request,
            form,
            _("Upload the bank’s answers to the batch of %(sum)s") % {"sum": about.money},
            lambda content, name: preview_confirmation(
                actor=by_admin(request), batch=batch, name=name, content=content
            ),
        )

    def book(self, request: HttpRequest, public_id: str) -> HttpResponse:
        upload = get_object_or_404(Upload.objects.visible_to(request.actor), public_id=public_id)
        book = book_statement if upload.kind == Upload.Kind.STATEMENT else book_confirmation
        return self.act(request, lambda: book(actor=by_admin(request), public_id=public_id), _("Booked."), upload)

    def discard(self, request: HttpRequest, public_id: str) -> HttpResponse:
        upload = get_object_or_404(Upload.objects.visible_to(request.actor), public_id=public_id)
        done = _("Discarded: nothing of it is booked.")
        return self.act(request, lambda: discard_upload(actor=by_admin(request), public_id=public_id), done, upload)

    def _given(self, request: HttpRequest) -> tuple:
        return (request.POST, request.FILES) if request.method == "POST" else ()

    def _taken(self, request: HttpRequest, form: BankFileForm, title: str, take: Any) -> HttpResponse:
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        if form.is_bound and form.is_valid():
            try:
                upload = take(form.content(), form.cleaned_data["file"].name)
            except (Refused, Conflict) as refusal:
                form.add_error("file", sentence(refusal))
            else:
                messages.success(request, _("Read. Nothing is booked yet: somebody else of finance books it."))
                return self.show(upload)
        context = self.admin_site.each_context(request) | {"title": title, "form": form, "opts": self.opts}
        return TemplateResponse(
            request, "bank_rail/admin/take_file.html", context, status=422 if form.is_bound else 200
        )
