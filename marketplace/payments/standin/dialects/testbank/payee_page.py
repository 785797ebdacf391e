"""The page on which a payee names the bank account that she is paid to."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.payments.standin.dialects.testbank import answers
from marketplace.payments.standin.engine import fault_effects, faults, payees
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.fault_effects import HangUp
from marketplace.payments.standin.models import PayeeLink

FIELDS = ("holder", "bank_name", "number")
EXAMPLE = "6228 4800 1234 5678 002"  # passes the check, and is nobody's


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, link_id: str) -> HttpResponse:
    """Show what is asked; keep what was typed, unless it cannot be an account."""
    link = _find(link_id)
    if request.method == "GET":
        return _show(request, link)
    given = {name: request.POST.get(name, "").replace("\x00", "")[:200] for name in FIELDS}
    fault = faults.draw_for_call("payee.update")
    try:
        fault_effects.before(fault)
        fault_effects.during(fault, lambda: payees.name_account(link_id, **given))
        fault_effects.after(fault)
    except HangUp:
        return answers.hung_up()
    except Refusal as refusal:
        if refusal.status >= 500 or refusal.status == 429:
            return render(request, "standin/error.html", {"kind": "broken"}, status=refusal.status)
        return _show(request, _find(link_id), given=given, refusal=refusal)
    return HttpResponseRedirect(link.return_url)


def _find(link_id: str) -> PayeeLink:
    try:
        return payees.get_link(link_id)
    except Refusal as refusal:
        raise Http404(refusal.message) from refusal


def _show(
    request: HttpRequest, link: PayeeLink, *, given: dict[str, str] | None = None, refusal: Refusal | None = None
) -> HttpResponse:
    wrong = refusal.message.partition(":")[0] if refusal and refusal.code == "invalid_parameter" else ""
    context = {
        "link": link,
        "payee": link.payee,
        "open": payees.is_open(link),
        # The number itself is never sent back, not even to the one who typed it.
        "given": {**(given or {"holder": link.payee.holder, "bank_name": link.payee.bank_name}), "number": ""},
        "wrong": wrong,
        "example": EXAMPLE,
    }
    return render(request, "standin/payee.html", context, status=refusal.status if refusal else 200)
