"""The bank's front desk: where everything is."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from marketplace.payments.standin.engine import clock, conservation, statement
from marketplace.payments.standin.models import CardSession, Checkout, Delivery, FaultRule
from marketplace.payments.standin.pages import loopback


@require_GET
@loopback.only
def index(request: HttpRequest) -> HttpResponse:
    """Balances, whether the books add up, and the way to the other pages."""
    context = {
        "balances": statement.balances(),
        "acquired": statement.balances(statement.ACQUIRER),
        "violations": conservation.violations(),
        "now": clock.now(),
        "ahead": clock.ahead(),
        "open_checkouts": Checkout.objects.filter(status=Checkout.Status.OPEN).order_by("-created_at")[:10],
        "open_sessions": CardSession.objects.filter(status=CardSession.Status.OPEN).order_by("-created_at")[:10],
        "waiting": Delivery.objects.filter(status=Delivery.Status.WAITING).count(),
        "planned": FaultRule.objects.count(),
    }
    return render(request, "standin/index.html", context)
