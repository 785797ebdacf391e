"""The levers under `/_…` (docs/test-bank.md): how a test holds the bank by the hand.

The same bearer secret as the API, but outside the fault plan and without idempotency keys.
"""

import functools
from collections.abc import Callable
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse

from marketplace.payments.standin.control import shapes
from marketplace.payments.standin.dialects.testbank import answers, auth, params
from marketplace.payments.standin.dialects.testbank.endpoint import by_method
from marketplace.payments.standin.engine import (
    channels,
    checkouts,
    clock,
    conservation,
    endpoint,
    faults,
    nudge,
    payees,
    payouts,
    snapshots,
)
from marketplace.payments.standin.engine.errors import Refusal, invalid
from marketplace.payments.standin.models import Checkout, Delivery, FaultRule

# Passes the check of its last digit, and is nobody's.
ACCOUNT = {"holder": "Xia Wei", "bank_name": "Harbour Bank", "number": "6228480012345678002"}


def lever(act: Callable[..., dict]) -> Callable[..., HttpResponse]:
    """Who, what, and the answer as JSON."""

    @functools.wraps(act)
    def view(request: HttpRequest, **captured: str) -> HttpResponse:
        try:
            auth.require(request)
            return JsonResponse(act(request, **captured))
        except Refusal as refusal:
            return answers.refused(refusal)

    return view


@lever
def set_fault(request: HttpRequest) -> dict:
    """Plan a fault."""
    given = params.Params(params.body(request))
    rule = faults.set_rule(**shapes.fault(given))
    return shapes.rule(rule)


@lever
def list_faults(request: HttpRequest) -> dict:
    """The plan, spent rules included."""
    return {"data": [shapes.rule(rule) for rule in FaultRule.objects.order_by("pk")]}


@lever
def clear_faults(request: HttpRequest) -> dict:
    """Back to a bank that behaves."""
    return {"cleared": faults.clear()}


@lever
def read_clock(request: HttpRequest) -> dict:
    """What time it is at the bank."""
    return {"now": snapshots.instant(clock.now()), "ahead_seconds": int(clock.ahead().total_seconds())}


@lever
def advance_clock(request: HttpRequest) -> dict:
    """Let time pass at once."""
    given = params.Params(params.body(request))
    seconds = given.integer("seconds", least=1, most=10 * 366 * 24 * 3600)
    given.finish()
    moment = clock.advance(seconds)
    nudge.worker()
    return {"now": snapshots.instant(moment)}


@lever
def point_webhook(request: HttpRequest) -> dict:
    """Send a channel's webhooks elsewhere."""
    given = params.body(request)
    secrets = given.get("secrets", [])
    if not isinstance(secrets, list) or not all(isinstance(item, str) and item for item in secrets):
        raise invalid("secrets", "a list of texts")
    read = params.Params(given)
    channel = read.text("channel", default=channels.TESTBANK)
    if channel not in settings.STANDIN.webhooks:
        raise invalid("channel", f"one of {', '.join(settings.STANDIN.webhooks)}")
    target = endpoint.point_at(channel, read.text("url", default="", longest=2000), secrets)
    return {"channel": channel, "url": target.url, "secrets": len(target.secrets)}


@lever
def list_deliveries(request: HttpRequest) -> dict:
    """Every webhook and what became of it, oldest first."""
    rows = Delivery.objects.select_related("event").order_by("pk")[:1000]
    return {"data": [shapes.delivery(row) for row in rows]}


@lever
def pay(request: HttpRequest, checkout_id: str) -> dict:
    """What the buttons of the pay page do, without a browser."""
    given = params.Params(params.body(request))
    how = given.text("how", default="pay")
    after = timedelta(seconds=given.integer("after_s", least=0, most=30 * 24 * 3600, default=5))
    given.finish()
    ways = {
        "pay": lambda: checkouts.pay(checkout_id),
        "decline": lambda: checkouts.decline(checkout_id),
        "cancel": lambda: checkouts.cancel(checkout_id),
        "pay_later": lambda: checkouts.pay_later(checkout_id, after=after),
        "fail_later": lambda: checkouts.pay_later(checkout_id, after=after, outcome=Checkout.Status.DECLINED),
    }
    if how not in ways:
        raise invalid("how", f"one of {', '.join(ways)}")
    return snapshots.checkout(ways[how]())


@lever
def change_payee(request: HttpRequest, payee_id: str) -> dict:
    """What her page does, without a browser: she names an account; or the bank stops paying out to her."""
    given = params.Params(params.body(request))
    how = given.text("how", default="name")
    if how == "name":
        fields = {name: given.text(name, default=default) for name, default in ACCOUNT.items()}
        given.finish()
        link = payees.link(payee_id, return_url="")
        return snapshots.payee(payees.name_account(link.id, **fields))
    given.finish()
    if how not in ("disable", "enable"):
        raise invalid("how", "one of name, disable, enable")
    return snapshots.payee(payees.switch(payee_id, enabled=how == "enable"))


@lever
def move_payout(request: HttpRequest, payout_id: str) -> dict:
    """Let a payout arrive now, or come back, also after it had arrived."""
    given = params.Params(params.body(request))
    how = given.text("how", default="arrive")
    given.finish()
    ways = {"arrive": payouts.arrive, "fail": payouts.fail}
    if how not in ways:
        raise invalid("how", f"one of {', '.join(ways)}")
    return snapshots.payout(ways[how](payout_id))


@lever
def check_books(request: HttpRequest) -> dict:
    """Whether every cent has a place."""
    found = conservation.violations()
    return {"ok": not found, "violations": found}


def alive(request: HttpRequest) -> HttpResponse:
    """The process answers and its database too."""
    clock.ahead()
    return HttpResponse("ok", content_type="text/plain")


fault_plan = by_method(POST=set_fault, GET=list_faults, DELETE=clear_faults)
bank_clock = by_method(POST=advance_clock, GET=read_clock)
webhook = by_method(POST=point_webhook)
delivery_list = by_method(GET=list_deliveries)
payment = by_method(POST=pay)
payee = by_method(POST=change_payee)
payout = by_method(POST=move_payout)
books = by_method(GET=check_books)
health = by_method(GET=alive)
