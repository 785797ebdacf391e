"""Sets `request.actor`, `request.party` and `request.memberships`, and holds a form to the party it was drawn for."""

import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from marketplace.accounts.selectors import actor_for, standing_of
from marketplace.core.actor import Actor, Source

SESSION_KEY = "party"
Next = Callable[[HttpRequest], HttpResponse]
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}
# Not carried into another page: the token is drawn anew, and a secret is typed again.
SECRET = re.compile(r"^(csrfmiddlewaretoken|confirm_switch)$|password|code|secret").search


class ActorMiddleware:
    def __init__(self, get_response: Next) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """The thread serves others after this one: what it was told about this one's time zone ends with the answer."""
        try:
            identify(request)
            return self.get_response(request)
        finally:
            timezone.deactivate()

    def process_view(self, request: HttpRequest, view: Callable, _args: tuple, _kwargs: dict) -> HttpResponse | None:
        """After the check of the CSRF token, so that no stranger's page switches anybody; and not for addresses
        without that check, whose bodies are their own to read.
        """
        return None if getattr(view, "csrf_exempt", False) else self.switched(request)

    def switched(self, request: HttpRequest) -> HttpResponse | None:
        """409 when the form was drawn for another party than the one acted for now; what was typed is kept.

        The page offers to send it again for the party it was drawn for (`confirm_switch`), if that is still theirs.
        """
        if request.method in SAFE or "acting_party" not in request.POST:
            return None
        wanted = request.POST["acting_party"]
        current = request.party.public_id if request.party else ""
        if wanted == current:
            return None
        drawn_for = next((m.party for m in request.memberships if m.party.public_id == wanted), None)
        if drawn_for is not None and "confirm_switch" in request.POST:
            act_for(request, wanted)
            return None
        kept = [(name, value) for name, values in request.POST.lists() if not SECRET(name) for value in values]
        context = {"drawn_for": drawn_for, "kept": kept, "had_files": bool(request.FILES)}
        response = render(request, "errors/409.html", context, status=409)
        response["Cache-Control"] = "no-store"
        return response


def identify(request: HttpRequest) -> None:
    request.party, request.memberships, request.membership = None, [], None
    timezone.deactivate()
    if not request.user.is_authenticated:
        request.actor = Actor(request_id=request.request_id)
        return
    standing = standing_of(request.user, request.session.get(SESSION_KEY))
    request.memberships = standing.memberships
    request.membership = standing.current
    request.party = standing.current.party if standing.current else None
    if request.party:
        timezone.activate(ZoneInfo(request.party.time_zone))
    request.actor = actor_for(request.user, standing, source=Source.WEB, request_id=request.request_id)


def act_for(request: HttpRequest, party_public_id: str) -> None:
    """Switch to another of one's own parties (anything else leaves things as they are)."""
    if any(m.party.public_id == party_public_id for m in request.memberships):
        request.session[SESSION_KEY] = party_public_id
        identify(request)
