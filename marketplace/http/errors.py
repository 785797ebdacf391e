"""Turns a refusal of the domain into the answer of a page."""

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.core.errors import Forbidden, MooringError, NotFound
from marketplace.http.sentences import sentence

Next = Callable[[HttpRequest], HttpResponse]


class RefusalMiddleware:
    """A MooringError that no view caught: 404 as 404, 403 as 403, the rest as a page with its sentence."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotFound):
            raise Http404
        if isinstance(exception, Forbidden):
            return render(request, "errors/403.html", {"sentence": sentence(exception)}, status=403)
        if isinstance(exception, MooringError):
            context = {"sentence": sentence(exception), "code": exception.code}
            return render(request, "errors/refused.html", context, status=exception.status)
        return None
