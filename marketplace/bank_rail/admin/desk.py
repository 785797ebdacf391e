"""What the pages of the desk share: they are for finance, and a refusal is said on the page."""

from collections.abc import Callable
from dataclasses import replace

from django.contrib import messages
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect

from marketplace.core.actor import Actor, Source, StaffRole
from marketplace.core.errors import Conflict, Forbidden, Refused
from marketplace.http.staff import StaffAdmin
from marketplace.http.views import say_refusal

SEALED = ("sealed_number", "sealed_content", "sealed_file", "fingerprint")


class DeskAdmin(StaffAdmin):
    roles = frozenset({StaffRole.FINANCE})
    exclude = SEALED

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).visible_to(request.actor)

    def act(self, request: HttpRequest, act: Callable[[], Model], done: str, back: Model | None = None) -> HttpResponse:
        """Do it and show what it is about; where it is refused, say why and show what it was about."""
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if not self.has_view_permission(request):
            return HttpResponse(status=403)
        try:
            back = act()
        except (Refused, Conflict, Forbidden) as refusal:
            say_refusal(request, refusal)
        else:
            messages.success(request, done)
        return self.show(back)

    def show(self, one: Model | None) -> HttpResponse:
        table = f"admin:{self.opts.app_label}_{self.opts.model_name}"
        return redirect(f"{table}_change", one.pk) if one else redirect(f"{table}_changelist")


def by_admin(request: HttpRequest) -> Actor:
    return replace(request.actor, source=Source.ADMIN)
