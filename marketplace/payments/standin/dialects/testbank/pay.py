"""The page on which a payer pays, or rehearses everything else that can happen."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.payments.standin.dialects.testbank import answers
from marketplace.payments.standin.engine import checkouts, fault_effects, faults
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.fault_catalogue import OUTCOME, names
from marketplace.payments.standin.engine.fault_effects import HangUp
from marketplace.payments.standin.engine.faults import Fault
from marketplace.payments.standin.models import Checkout

Status = Checkout.Status
GOOD_NEWS = (Status.PAID, Status.PROCESSING)
BUTTONS = ("pay", "slowly", "fail", "decline", "cancel")


@never_cache
@require_http_methods(["GET", "POST"])
def page(request: HttpRequest, checkout_id: str) -> HttpResponse:
    """Show what is to be paid; do what the payer chose."""
    checkout = _find(checkout_id)
    if request.method == "GET":
        return render(request, "standin/pay.html", {"checkout": checkout, "back": return_url(checkout)})
    how = request.POST.get("how", "")
    # "Fail after accepting" is a fault that the payer orders: the charge stands, and nobody is told.
    fault = Fault("error_500_after") if how == "fail" else faults.draw_for_call("checkout.pay")
    try:
        fault_effects.before(fault)
        checkout = fault_effects.during(fault, lambda: _choose(how, checkout_id, fault))
        fault_effects.after(fault)
    except HangUp:
        return answers.hung_up()
    except Refusal as refusal:
        return _refused(request, _find(checkout_id), refusal)
    return HttpResponseRedirect(return_url(checkout))


def return_url(checkout: Checkout) -> str:
    """Where this outcome leads. Checked against the known origins when the checkout was opened."""
    return checkout.success_url if checkout.status in GOOD_NEWS else checkout.cancel_url


def _choose(how: str, checkout_id: str, fault: Fault) -> Checkout:
    """The payer's choice, unless the fault plan knows better. Everything here may be pressed twice."""
    if how not in BUTTONS:
        raise Refusal("unknown_choice", "There is no such button.")
    if fault.action in names(OUTCOME):
        how = fault.action
    soon = timedelta(seconds=settings.STANDIN.settle_seconds)
    match how:
        case "decline":
            return checkouts.decline(checkout_id)
        case "cancel":
            return checkouts.cancel(checkout_id)
        case "slowly":
            return checkouts.pay_later(checkout_id, after=soon)
        case "settle_later":
            return checkouts.pay_later(checkout_id, after=fault.delay)
        case "fail_later":
            return checkouts.pay_later(checkout_id, after=fault.delay, outcome=Status.DECLINED)
    return checkouts.pay(checkout_id)


def _find(checkout_id: str) -> Checkout:
    try:
        return checkouts.get(checkout_id)
    except Refusal as refusal:
        raise Http404(refusal.message) from refusal


def _refused(request: HttpRequest, checkout: Checkout, refusal: Refusal) -> HttpResponse:
    """A checkout that moved on is shown as it is now; a broken bank is shown as broken."""
    context = {"checkout": checkout, "back": return_url(checkout), "kind": "broken"}
    if refusal.status == 409:
        return render(request, "standin/pay.html", context, status=409)
    response = render(request, "standin/error.html", context, status=refusal.status)
    if isinstance(refusal, fault_effects.RateLimited):
        response["Retry-After"] = str(refusal.retry_after)
    return response
