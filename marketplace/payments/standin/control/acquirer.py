"""The levers of the card acquirer: what its pages do, and what cardholders and banks do, without a browser."""

from datetime import timedelta

from django.http import HttpRequest

from marketplace.payments.standin.control.views import ACCOUNT, lever
from marketplace.payments.standin.dialects.stripe.objects import account as account_objects
from marketplace.payments.standin.dialects.stripe.objects import checkout_session, dispute, payout, refund
from marketplace.payments.standin.dialects.testbank.endpoint import by_method
from marketplace.payments.standin.dialects.testbank.params import LARGEST_AMOUNT, Params, body
from marketplace.payments.standin.engine.acquirer import connected, disputes, payouts, refunds, sessions
from marketplace.payments.standin.engine.errors import invalid


@lever
def pay(request: HttpRequest, session_id: str) -> dict:
    """What the buttons of the hosted Checkout page do."""
    given = Params(body(request))
    how = given.text("how", default="pay")
    after = timedelta(seconds=given.integer("after_s", least=0, most=30 * 24 * 3600, default=5))
    given.finish()
    ways = {
        "pay": lambda: sessions.pay(session_id),
        "decline": lambda: sessions.decline(session_id),
        "challenge": lambda: sessions.challenge(session_id),
        "later": lambda: sessions.pay_later(session_id, after=after),
        "fail_later": lambda: sessions.pay_later(session_id, after=after, well=False),
    }
    return checkout_session.write(_one_of(ways, how)())


@lever
def onboard(request: HttpRequest, account_id: str) -> dict:
    """What her hosted page does; or the acquirer wants more of her."""
    given = Params(body(request))
    how = given.text("how", default="finish")
    fields = {name: given.text(name, default=default) for name, default in ACCOUNT.items()}
    given.finish()

    def link() -> str:
        return connected.link(account_id, use_case="account_onboarding", return_url="", refresh_url="").pk

    ways = {
        "finish": lambda: connected.fill_in(link(), **fields),
        "papers_later": lambda: connected.fill_in(link(), **fields, papers_later=True),
        "leave": lambda: connected.leave(link()),
        "refuse": lambda: connected.refuse(link()),
        "want_more": lambda: connected.want_more(account_id),
    }
    return account_objects.write_all(_one_of(ways, how)())


@lever
def move_payout(request: HttpRequest, payout_id: str) -> dict:
    """Let a payout arrive now, or come back, also after it had arrived."""
    given = Params(body(request))
    how = given.text("how", default="arrive")
    given.finish()
    return payout.write(_one_of({"arrive": payouts.arrive, "fail": payouts.fail}, how)(payout_id))


@lever
def move_refund(request: HttpRequest, refund_id: str) -> dict:
    """The card's bank sends a refund back, also after it had taken it."""
    given = Params(body(request))
    how = given.text("how", default="fail")
    given.finish()
    return refund.write(_one_of({"fail": refunds.fail}, how)(refund_id))


@lever
def open_dispute(request: HttpRequest) -> dict:
    """A cardholder takes her money back."""
    given = Params(body(request))
    charge, reason = given.text("charge"), given.text("reason", default="product_not_received", longest=40)
    amount = given.integer("amount_minor", least=0, most=LARGEST_AMOUNT, default=0)
    given.finish()
    return dispute.write(disputes.open_for(charge, reason=reason, amount_minor=amount or None))


@lever
def decide_dispute(request: HttpRequest, dispute_id: str) -> dict:
    """The card's bank decides."""
    given = Params(body(request))
    how = given.text("how")
    given.finish()
    won = _one_of({"win": True, "lose": False}, how)
    return dispute.write(disputes.decide(dispute_id, won=won))


def _one_of(ways: dict, how: str) -> object:
    if how not in ways:
        raise invalid("how", f"one of {', '.join(ways)}")
    return ways[how]


payment = by_method(POST=pay)
account = by_method(POST=onboard)
connected_payout = by_method(POST=move_payout)
refund_item = by_method(POST=move_refund)
dispute_list = by_method(POST=open_dispute)
dispute_item = by_method(POST=decide_dispute)
