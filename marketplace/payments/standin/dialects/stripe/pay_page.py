"""The hosted page for one payment: a card that pays, one that does not, and everything else that can happen."""

import time
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.payments.standin.dialects.stripe import answers
from marketplace.payments.standin.dialects.stripe.objects.checkout_session import is_challenged
from marketplace.payments.standin.engine import fault_effects, faults
from marketplace.payments.standin.engine.acquirer import sessions
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.fault_catalogue import OUTCOME, names
from marketplace.payments.standin.engine.fault_effects import HangUp
from marketplace.payments.standin.engine.faults import Fault
from marketplace.payments.standin.models import CardSession

BUTTONS = ("pay", "decline", "challenge", "authenticate", "not_me", "later", "fail_later", "slow", "cancel")
SLOW_SECONDS = 2


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, session_id: str) -> HttpResponse:
    """Show what is to be paid; do what the payer chose."""
    session = _find(session_id)
    if request.method == "GET":
        return _show(request, session)
    how = request.POST.get("how", "")
    if how == "cancel" and sessions.is_open(session) and session.cancel_url:
        return HttpResponseRedirect(session.cancel_url)
    fault = faults.draw_for_call("stripe.checkout_session.pay")
    try:
        fault_effects.before(fault)
        session = fault_effects.during(fault, lambda: _choose(how, session_id, fault))
        fault_effects.after(fault)
    except HangUp:
        return answers.hung_up()
    except Refusal as refusal:
        return _refused(request, _find(session_id), refusal)
    if session.status != CardSession.Status.COMPLETE:
        return _show(request, _find(session_id), declined=not is_challenged(_find(session_id)))
    if how == "slow":
        # The money has moved and the events are out; only the payer is kept waiting.
        connection.close()
        time.sleep(SLOW_SECONDS)
    return HttpResponseRedirect(back(session))


def back(session: CardSession) -> str:
    """Where the payer goes from here."""
    if session.status == CardSession.Status.COMPLETE or not session.cancel_url:
        return session.success_url.replace("{CHECKOUT_SESSION_ID}", session.pk)
    return session.cancel_url


def _choose(how: str, session_id: str, fault: Fault) -> CardSession:
    """The payer's choice, unless the fault plan knows better. Everything here may be pressed twice."""
    if how not in BUTTONS:
        raise Refusal("unknown_choice", "There is no such button.")
    if fault.action in names(OUTCOME):
        how = fault.action
    soon = timedelta(seconds=settings.STANDIN.settle_seconds)
    match how:
        case "decline":
            return sessions.decline(session_id)
        case "not_me":
            return sessions.decline(session_id, "authentication_required")
        case "challenge":
            return sessions.challenge(session_id)
        case "later" | "settle_later":
            return sessions.pay_later(session_id, after=fault.delay or soon)
        case "fail_later":
            return sessions.pay_later(session_id, after=fault.delay or soon, well=False)
    return sessions.pay(session_id)


def _find(session_id: str) -> CardSession:
    try:
        return sessions.get(session_id)
    except Refusal as refusal:
        raise Http404(refusal.message) from refusal


def _show(request: HttpRequest, session: CardSession, *, declined: bool = False, status: int = 200) -> HttpResponse:
    context = {
        "session": session,
        "open": sessions.is_open(session),
        "challenged": is_challenged(session),
        "declined": declined,
        "back": back(session),
    }
    return render(request, "standin/card_pay.html", context, status=status)


def _refused(request: HttpRequest, session: CardSession, refusal: Refusal) -> HttpResponse:
    """A session that moved on is shown as it is now; a broken acquirer is shown as broken."""
    if refusal.status < 500 and refusal.status != 429:
        return _show(request, session, status=refusal.status)
    context = {"kind": "broken", "back": back(session)}
    return render(request, "standin/error.html", context, status=refusal.status)
