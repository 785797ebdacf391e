"""`Standin-Ago`: a call says that what it does was done so many seconds ago. For the history of a demo."""

from collections.abc import Callable
from datetime import timedelta

from django.http import HttpRequest, HttpResponse

from marketplace.payments.standin.dialects.testbank import answers, auth
from marketplace.payments.standin.engine import clock
from marketplace.payments.standin.engine.errors import Refusal, invalid

HEADER = "Standin-Ago"
MOST = 366 * 24 * 3600


class Past:
    """Only for who has the secret: a payer in a browser cannot date her payment back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get(HEADER, "")
        if not given:
            return self.get_response(request)
        try:
            auth.require(request)
            with clock.past(_length(given)):
                return self.get_response(request)
        except Refusal as refusal:
            return answers.refused(refusal)


def _length(given: str) -> timedelta:
    if not (given.isascii() and given.isdigit() and int(given) <= MOST):
        raise invalid(HEADER, f"whole seconds, at most {MOST}")
    return timedelta(seconds=int(given))
