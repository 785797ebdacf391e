"""The bank's pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form was too old, or came from another site."""
    return render(request, "standin/error.html", {"kind": "csrf"}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Nothing here."""
    return render(request, "standin/error.html", {"kind": "not_found"}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """Something broke at the bank, really or by the fault plan."""
    return render(request, "standin/error.html", {"kind": "broken"}, status=500)
