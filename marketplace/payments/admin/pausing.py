"""On every page about payouts: whether they are paused, by whom and why."""

from typing import Any

from django.http import HttpRequest, HttpResponse

from marketplace.http.staff import StaffAdmin
from marketplace.payments.selectors.pausing import find_pause


class PausableAdmin(StaffAdmin):
    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return super().changelist_view(request, with_pause(extra_context))

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        return super().changeform_view(request, object_id, form_url, with_pause(extra_context))


def with_pause(context: dict[str, Any] | None) -> dict[str, Any]:
    return (context or {}) | {"payouts_pause": find_pause()}
