"""The pages' headers and language. No sessions: a payer is a stranger and stays one."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

Next = Callable[[HttpRequest], HttpResponse]


class ContentSecurityPolicy:
    """No scripts at all; forms may lead back to the merchants' origins, because a payment ends with a redirect."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        targets = " ".join(["'self'", *settings.STANDIN.return_origins])
        self.policy = (
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
            f"form-action {targets}; base-uri 'none'; frame-ancestors 'none'"
        )

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        response["Content-Security-Policy"] = self.policy
        return response


class Language:
    """`?lang=` wins and is remembered, then the cookie, then what the browser prefers."""

    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response
        self.known = dict(settings.LANGUAGES)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("lang", "")
        remembered = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        chosen = next((code for code in (asked, remembered) if code in self.known), None)
        with translation.override(chosen or translation.get_language_from_request(request)):
            response = self.get_response(request)
            response["Content-Language"] = translation.get_language()
        response.headers.setdefault("Vary", "Accept-Language, Cookie")
        if asked in self.known:
            response.set_cookie(settings.LANGUAGE_COOKIE_NAME, asked, max_age=365 * 24 * 3600, samesite="Lax")
        return response
