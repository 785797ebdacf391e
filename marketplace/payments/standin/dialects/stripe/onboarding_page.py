"""The hosted page on which somebody who is to be paid says who she is, or leaves, or is refused."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.payments.standin.dialects.stripe import answers
from marketplace.payments.standin.engine import fault_effects, faults
from marketplace.payments.standin.engine.acquirer import connected
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.fault_effects import HangUp
from marketplace.payments.standin.models import OnboardingLink

FIELDS = ("holder", "bank_name", "number")
EXAMPLE = "6228 4800 1234 5678 002"  # passes the check, and is nobody's


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, link_id: str) -> HttpResponse:
    """Show what is asked, do what was chosen, and go back to the platform."""
    link = _find(link_id)
    if not connected.is_open(link):
        return HttpResponseRedirect(link.refresh_url)
    if request.method == "GET":
        return _show(request, link)
    given = {name: request.POST.get(name, "").replace("\x00", "")[:200] for name in FIELDS}
    fault = faults.draw_for_call("stripe.account.onboard")
    try:
        fault_effects.before(fault)
        fault_effects.during(fault, lambda: _choose(request.POST.get("how", ""), link_id, given))
        fault_effects.after(fault)
    except HangUp:
        return answers.hung_up()
    except Refusal as refusal:
        if refusal.status >= 500 or refusal.status == 429:
            return render(request, "standin/error.html", {"kind": "broken"}, status=refusal.status)
        return _show(request, link, given=given, refusal=refusal)
    return HttpResponseRedirect(link.return_url)


def _choose(how: str, link_id: str, given: dict[str, str]) -> None:
    match how:
        case "finish":
            connected.fill_in(link_id, **given)
        case "papers_later":
            connected.fill_in(link_id, **given, papers_later=True)
        case "leave":
            connected.leave(link_id)
        case "refuse":
            connected.refuse(link_id)
        case _:
            raise Refusal("unknown_choice", "There is no such button.")


def _find(link_id: str) -> OnboardingLink:
    try:
        return connected.get_link(link_id)
    except Refusal as refusal:
        raise Http404(refusal.message) from refusal


def _show(
    request: HttpRequest, link: OnboardingLink, *, given: dict[str, str] | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    account = link.account
    context = {
        "link": link,
        "account": account,
        # The number itself is never sent back, not even to the one who typed it.
        "given": {**(given or {"holder": account.holder, "bank_name": account.bank_name}), "number": ""},
        "wrong": refusal.field if refusal else "",
        "example": EXAMPLE,
    }
    return render(request, "standin/onboarding.html", context, status=refusal.status if refusal else 200)
