"""What follows from the bank's files and from what finance decides about them (docs/bank-rail.md): as from a webhook,
what it is now is fetched, and ours moves there."""

from marketplace.bank_rail.events import (
    AccountNamed,
    BatchDrafted,
    LineAssigned,
    LineGoesBack,
    LineProposed,
    LineUnmatched,
    OrderFailed,
    OrderPaid,
    PayInExpired,
    PayInPaid,
    StatementBooked,
)
from marketplace.bank_rail.models import BankLine, Batch, Order
from marketplace.bank_rail.selectors import pay_in_of, platform_account
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.outbox.registry import handles
from marketplace.notifications.steps.notify import notify
from marketplace.payments.answers import Subject
from marketplace.payments.events import FundingSubmitted
from marketplace.payments.flows.inbox import SETTLE
from marketplace.payments.flows.submit import SYSTEM
from marketplace.payments.gateways import provider
from marketplace.payments.handlers.telling import tell
from marketplace.payments.models import Funding
from marketplace.payments.selectors.finance import finance_staff
from marketplace.payments.services.funding import settle_out_of_suspense
from marketplace.payments.services.suspense import finish_return, keep_in_suspense, start_return, undo_return

RAIL = "bank_rail"
SUSPENSE_DESK = "/admin/bank_rail/bankline/?state__exact=unmatched"


def settle(kind: str, public_id: str) -> None:
    SETTLE[kind](provider(RAIL), Subject(kind, public_id))


@handles(PayInPaid, PayInExpired, reaches_outside=True)
def settle_pay_in(event: Event) -> None:
    settle("checkout", event.aggregate)


@handles(AccountNamed, reaches_outside=True)
def settle_payee(event: Event) -> None:
    settle("payee", event.aggregate)


@handles(OrderPaid, OrderFailed, reaches_outside=True)
def settle_order(event: Event) -> None:
    kind = event.data["kind"]
    if kind != Order.Kind.RETURN:
        settle(kind, event.aggregate)
        return
    money = Order.objects.get(public_id=event.aggregate).money
    returned = {"actor": SYSTEM, "provider": RAIL, "order": event.aggregate, "money": money}
    if event.name == OrderPaid.name:
        finish_return(**returned)
    else:
        undo_return(was_paid=event.data["was_paid"], **returned)


@handles(LineUnmatched, reaches_outside=True)
def keep_what_nobody_asked_for(event: Event) -> None:
    keep_in_suspense(actor=SYSTEM, provider=RAIL, line=event.aggregate, money=_money(event))


@handles(LineAssigned, reaches_outside=True)
def book_what_was_assigned(event: Event) -> None:
    checkout = provider(RAIL).get_checkout(event.data["pay_in"])
    settle_out_of_suspense(actor=SYSTEM, public_id=checkout.reference, line=event.aggregate, checkout=checkout)


@handles(LineGoesBack, reaches_outside=True)
def order_what_goes_back(event: Event) -> None:
    start_return(
        actor=SYSTEM,
        provider=RAIL,
        line=event.aggregate,
        order=event.data["order"],
        money=_money(event),
        asked_for=event.data["known"],
    )


@handles(FundingSubmitted)
def tell_payer_how_to_transfer(event: Event) -> None:
    funding = Funding.objects.select_related("party").get(public_id=event.aggregate)
    pay_in = pay_in_of(funding.public_id) if funding.provider == RAIL else None
    if pay_in is None:
        return
    account = platform_account()
    facts = {
        "amount": str(funding.money),
        "words": pay_in.code,
        "holder": account.holder,
        "bank": account.bank,
        "number": account.number,
    }
    tell(funding.party, "transfer_awaited", facts, f"/wallet/in/{funding.public_id}/")


@handles(StatementBooked)
def tell_finance_what_nobody_asked_for(event: Event) -> None:
    if event.data["unmatched"]:
        notify(finance_staff(), "bank_lines_unmatched", facts={"count": event.data["unmatched"]}, path=SUSPENSE_DESK)


@handles(BatchDrafted)
def tell_finance_that_a_batch_waits(event: Event) -> None:
    batch = Batch.objects.select_related("made_by").get(public_id=event.aggregate)
    facts = {"sum": str(batch.money), "count": batch.count, "name": str(batch.made_by)}
    others = [user for user in finance_staff() if user.pk != batch.made_by_id]
    notify(others, "bank_batch_waits", facts=facts, path=f"/admin/bank_rail/batch/{batch.pk}/change/")


@handles(LineProposed)
def tell_finance_that_a_line_waits(event: Event) -> None:
    line = BankLine.objects.select_related("proposed_by").get(public_id=event.aggregate)
    facts = {"sum": str(line.money), "name": str(line.proposed_by or "")}
    others = [user for user in finance_staff() if user.pk != event.actor_id]
    notify(others, "bank_line_waits", facts=facts, path=f"/admin/bank_rail/bankline/{line.pk}/change/")


def _money(event: Event) -> Money:
    return Money(event.data["amount_minor"], event.data["currency"])
