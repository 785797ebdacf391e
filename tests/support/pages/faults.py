"""The URL conf with a way into every fault, for the harbour only: its answers are what the browser is then shown."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from marketplace.core.errors import Refused
from marketplace.urls import handler400, handler403, handler404, handler500, urlpatterns

__all__ = ["handler400", "handler403", "handler404", "handler500"]

RAISED = {
    "400": SuspiciousOperation(),
    "403": PermissionDenied(),
    "413": RequestDataTooBig(),
    "500": RuntimeError("on purpose"),
    "503": OperationalError("on purpose"),
    "refused": Refused("Not on Sundays."),
}
ANSWERS = {*RAISED, "404", "409", "429", "csrf"}  # one for each file of templates/errors/


def fault(request: HttpRequest, name: str) -> HttpResponse:
    if name == "429":
        return render(request, "429.html", status=429)  # as allauth does
    raise RAISED[name]


urlpatterns = [*urlpatterns, path("fault/<str:name>/", fault)]
