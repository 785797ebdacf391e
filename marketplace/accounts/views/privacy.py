"""A person's data: a copy of it, and being forgotten."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _

from marketplace.accounts.machine import ExportState
from marketplace.accounts.models import DataExport, ErasureRequest
from marketplace.accounts.services.privacy import request_erasure, request_export, withdraw_erasure
from marketplace.core.errors import NotFound, Refused
from marketplace.http.views import SignedInView, say_refusal


class PrivacyView(SignedInView):
    def get(self, request: HttpRequest) -> HttpResponse:
        context = {
            "export": DataExport.objects.filter(user=request.user).order_by("-id").first(),
            "erasure": ErasureRequest.objects.filter(user=request.user, state="requested").first(),
            "consents": request.user.consents.order_by("-at"),
        }
        return render(request, "accounts/privacy.html", context)


class ExportView(SignedInView):
    """POST asks for a copy; GET downloads the newest that is ready. Both want a fresh sign-in."""

    @method_decorator(reauthentication_required)
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest) -> HttpResponse:
        request_export(actor=self.actor)
        messages.success(request, _("We are gathering it. You get a mail when it is ready, usually within minutes."))
        return redirect("privacy-settings")

    def get(self, request: HttpRequest) -> HttpResponse:
        ready = DataExport.objects.filter(user=request.user, state=ExportState.READY).order_by("-id").first()
        if ready is None:
            raise NotFound
        response = HttpResponse(bytes(ready.content), content_type="application/zip")
        response["Content-Disposition"] = 'attachment; filename="mooring-my-data.zip"'
        response["Cache-Control"] = "private, no-store"
        return response


class ErasureView(SignedInView):
    @method_decorator(reauthentication_required)
    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "accounts/erasure.html")

    def post(self, request: HttpRequest) -> HttpResponse:
        if "withdraw" in request.POST:
            withdraw_erasure(actor=self.actor)
            messages.success(request, _("Your account stays. Nothing has changed."))
            return redirect("privacy-settings")
        try:
            request_erasure(actor=self.actor)
        except Refused as error:
            say_refusal(request, error)
        return redirect("privacy-settings")
