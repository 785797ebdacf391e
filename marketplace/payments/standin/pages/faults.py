"""The fault desk: what goes wrong next, what time it is, and which webhooks are out."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from marketplace.payments.standin.control import shapes
from marketplace.payments.standin.dialects.testbank.params import Params
from marketplace.payments.standin.engine import clock, deliveries, endpoint, faults
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.fault_catalogue import ACTIONS
from marketplace.payments.standin.models import Delivery, FaultRule
from marketplace.payments.standin.pages import loopback

STRIPE = (
    "stripe",
    "stripe.checkout_session.create",
    "stripe.checkout_session.get",
    "stripe.checkout_session.expire",
    "stripe.checkout_session.pay",
    "stripe.payment_intent.get",
    "stripe.charge.get",
    "stripe.refund.create",
    "stripe.refund.get",
    "stripe.refund.list",
    "stripe.transfer.create",
    "stripe.transfer.get",
    "stripe.transfer.list",
    "stripe.transfer.reverse",
    "stripe.account.create",
    "stripe.account.get",
    "stripe.account.update",
    "stripe.account.close",
    "stripe.account.onboard",
    "stripe.account_link.create",
    "stripe.login_link.create",
    "stripe.payout.create",
    "stripe.payout.get",
    "stripe.payout.list",
    "stripe.balance",
    "stripe.balance_settings",
    "stripe.balance_transaction",
    "stripe.dispute",
    "stripe.event",
    "stripe.event_v2",
)
OPERATIONS = (
    "checkout.create",
    "checkout.pay",
    "checkout.expire",
    "checkout.get",
    "checkout.list",
    "refund.create",
    "refund.get",
    "refund.list",
    "payee.create",
    "payee.update",
    "payee.get",
    "payee.list",
    "payee.link",
    "transfer.create",
    "transfer.get",
    "transfer.list",
    "transfer.reverse",
    "payout.create",
    "payout.get",
    "payout.list",
    "charge.get",
    "balance.get",
    "entry.list",
    "event.list",
    *STRIPE,
    "webhook.deliver",
    faults.EVERYTHING,
)
STEPS = (3600, 24 * 3600, 3 * 24 * 3600)


@require_GET
@loopback.only
def page(request: HttpRequest) -> HttpResponse:
    """The whole desk."""
    return _render(request)


@require_POST
@loopback.only
def set_fault(request: HttpRequest) -> HttpResponse:
    """Plan one fault."""
    given: dict = {name: request.POST.get(name, "") for name in ("operation", "action")}
    for name in ("argument", "skip", "count"):
        if text := request.POST.get(name, "").strip():
            given[name] = int(text) if text.isdecimal() else text
    try:
        faults.set_rule(**shapes.fault(Params(given)))
    except Refusal as refusal:
        return _render(request, refusal=refusal.message, given=given, status=400)
    return redirect("bank:faults")


@require_POST
@loopback.only
def clear(request: HttpRequest) -> HttpResponse:
    """A bank that behaves again."""
    faults.clear()
    return redirect("bank:faults")


@require_POST
@loopback.only
def advance(request: HttpRequest) -> HttpResponse:
    """Let time pass."""
    seconds = request.POST.get("seconds", "")
    if seconds in map(str, STEPS):
        clock.advance(int(seconds))
    return redirect("bank:faults")


@require_POST
@loopback.only
def send_again(request: HttpRequest, delivery_id: int) -> HttpResponse:
    """One more try for a webhook."""
    deliveries.send_again(delivery_id)
    return redirect("bank:faults")


def _render(request: HttpRequest, *, refusal: str = "", given: dict | None = None, status: int = 200) -> HttpResponse:
    context = {
        "rules": FaultRule.objects.order_by("-pk")[:50],
        "actions": ACTIONS.values(),
        "operations": OPERATIONS,
        "deliveries": Delivery.objects.select_related("event").order_by("-pk")[:30],
        "addresses": sorted({url for channel in settings.STANDIN.webhooks if (url := endpoint.current(channel).url)}),
        "now": clock.now(),
        "ahead": clock.ahead(),
        "refusal": refusal,
        "given": given or {},
    }
    return render(request, "standin/faults.html", context, status=status)
