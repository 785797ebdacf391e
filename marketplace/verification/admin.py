"""The desk of compliance: a queue, the papers behind a log, and a decision with its reason."""

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.decorators import method_decorator
from django.utils.timesince import timesince
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from marketplace.core import clock
from marketplace.core.actor import Actor, Source, StaffRole
from marketplace.core.errors import Conflict, Refused
from marketplace.http.staff import NamedValues, ReadOnlyInline, StaffAdmin
from marketplace.http.views import say_refusal
from marketplace.media.gateways.files import open_file
from marketplace.media.responses import file_response
from marketplace.media.selectors import get_rendition_for_owner_app
from marketplace.verification.forms.decision import RejectForm
from marketplace.verification.machine import VERIFICATION, VerificationState
from marketplace.verification.models import DocumentView, Verification, VerificationDocument
from marketplace.verification.requirements import MERCHANT
from marketplace.verification.selectors import documents_of, facts_of, get_verification, unseen_by
from marketplace.verification.services.decisions import (
    approve_verification,
    expire_verification,
    log_document_view,
    reject_verification,
)

COMPLIANCE = frozenset({StaffRole.COMPLIANCE})


class DocumentInline(ReadOnlyInline):
    model = VerificationDocument
    fields = ("kind", "added_by", "added_at", "erased_at")
    readonly_fields = fields


@admin.register(Verification)
class VerificationAdmin(StaffAdmin):
    roles = COMPLIANCE
    change_form_template = "verification/admin/decide.html"
    inlines = (DocumentInline,)
    list_display = ("waiting", "party", "kind", "state", "submitted_at", "decided_by", "decided_at")
    list_filter = ("state", "kind", ("country", NamedValues), "reason")
    list_select_related = ("party", "decided_by")
    search_fields = ("public_id", "party__name", "legal_name", "registration_number")
    ordering = ("submitted_at", "id")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Verification]:
        """Drafts are nobody's business yet."""
        return super().get_queryset(request).exclude(state=VerificationState.DRAFT)

    @admin.display(description=gettext_lazy("Waiting for"), ordering="submitted_at")
    def waiting(self, verification: Verification) -> str:
        if verification.state != VerificationState.SUBMITTED:
            return "—"
        return timesince(verification.submitted_at, clock.now())

    def get_urls(self) -> list:
        def named(view):
            return self.admin_site.admin_view(view)

        return [
            path("<str:public_id>/approve/", named(self.approve), name="verification_approve"),
            path("<str:public_id>/reject/", named(self.reject), name="verification_reject"),
            path("<str:public_id>/expire/", named(self.expire), name="verification_expire"),
            path("papers/<str:document_id>/", named(self.paper), name="verification_paper"),
            *super().get_urls(),
        ]

    def render_change_form(self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any):
        verification = kwargs.get("obj")
        context |= {
            "verification": verification,
            "papers": documents_of(verification),
            "can_decide": VERIFICATION.can(verification, "approve"),
            "can_expire": VERIFICATION.can(verification, "expire"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def approve(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Says what will happen, then approves."""
        if request.method == "POST":
            return self.decide(request, approve_verification, _("Approved. Its owners are told."), public_id)
        verification = get_verification(actor_of(request), public_id)
        if not VERIFICATION.can(verification, "approve"):
            raise Http404
        papers = documents_of(verification)
        context = self.asking(request, verification, _("Approve")) | {
            "facts": facts_of(verification),
            "papers": papers,
            "unseen": unseen_by(request.user.pk, papers),
            "is_company": verification.kind == MERCHANT,
            "days": settings.VERIFICATION_DOCUMENT_DAYS,
        }
        return TemplateResponse(request, "verification/admin/approve.html", context)

    @method_decorator(require_POST)
    def expire(self, request: HttpRequest, public_id: str) -> HttpResponse:
        return self.decide(request, expire_verification, _("It holds no longer. Its owners are told."), public_id)

    def reject(self, request: HttpRequest, public_id: str) -> HttpResponse:
        """Asks why, then rejects."""
        verification = get_verification(actor_of(request), public_id)
        form = RejectForm(request.POST if request.method == "POST" else None)
        if form.is_valid():
            done = _("Rejected. Its owners are told why.")
            return self.decide(request, reject_verification, done, public_id, **form.cleaned_data)
        context = self.asking(request, verification, _("Reject")) | {"form": form}
        status = 422 if form.is_bound else 200
        return TemplateResponse(request, "verification/admin/reject.html", context, status=status)

    def asking(self, request: HttpRequest, verification: Verification, title: str) -> dict[str, Any]:
        """What a page needs that asks before something is done."""
        own = {"title": title, "verification": verification, "opts": self.opts, "original": verification}
        return self.admin_site.each_context(request) | own

    def decide(self, request: HttpRequest, service, done: str, public_id: str, **answers: object) -> HttpResponse:
        try:
            service(actor=actor_of(request), public_id=public_id, **answers)
        except (Refused, Conflict) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, done)
        return redirect("admin:verification_verification_changelist")

    @method_decorator(require_safe)
    def paper(self, request: HttpRequest, document_id: str) -> HttpResponse:
        """The look is written down and committed before the first byte is read."""
        document = log_document_view(actor=actor_of(request), document_id=document_id)
        asset, rendition = document.asset, get_rendition_for_owner_app(document.asset)
        file, mime, ending = (
            (rendition.file, rendition.mime, rendition.format) if rendition else (asset.original, asset.mime, "pdf")
        )
        sha256 = rendition.sha256 if rendition else asset.sha256
        name = "" if rendition else f"{document.public_id}.{ending}"
        try:
            opened = open_file(file)
        except FileNotFoundError:
            raise Http404 from None
        return file_response(request, opened, mime=mime, sha256=sha256, private=True, attachment=name)


@admin.register(DocumentView)
class DocumentViewAdmin(StaffAdmin):
    """Who looked at what."""

    roles = COMPLIANCE
    list_display = ("at", "viewer", "document", "request_id")
    list_select_related = ("viewer", "document")
    search_fields = ("viewer__email", "request_id", "document__public_id")
    ordering = ("-id",)


def actor_of(request: HttpRequest) -> Actor:
    return replace(request.actor, source=Source.ADMIN)
