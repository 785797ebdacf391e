"""The bank by hand (docs/bank-rail.md): a provider that is an account of ours, people of finance, and files.

There is no network behind it: each call is a transaction of the app `bank_rail`, whose books these are. It is
idempotent by our reference, so a `key` says nothing more.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import UTC, datetime, time
from typing import Any, ClassVar, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import OperationalError

from marketplace.bank_rail import selectors
from marketplace.bank_rail.machine import OrderState, PayInState
from marketplace.bank_rail.models import BankLine, Entry, Order, Payee, PayIn, Reversal, Transfer
from marketplace.bank_rail.selectors import statement as books
from marketplace.bank_rail.services import orders, pay_ins, payees, transfers
from marketplace.core import faults
from marketplace.core.actor import Actor, Source
from marketplace.core.errors import MooringError
from marketplace.core.money import Money
from marketplace.payments.answers import (
    Charge,
    Checkout,
    Fee,
    ProviderEvent,
    ProviderPayee,
    ProviderPayout,
    ProviderRefund,
    ProviderReversal,
    ProviderTransfer,
    Subject,
    Wanted,
)
from marketplace.payments.errors import BadSignature, ProviderFinal, ProviderUnknown
from marketplace.payments.statement import ClosingBalance, LineKind, StatementLine

R = TypeVar("R")

ACTOR = Actor.system("bank_rail", Source.SYSTEM)
BANKS_DAY = ZoneInfo("Asia/Shanghai")  # a statement has days, and no hours
REFUNDS = {OrderState.PAID: "succeeded", OrderState.FAILED: "failed"}
PAYOUTS = {OrderState.PAID: "paid", OrderState.FAILED: "failed"}


class BankRail:
    name: ClassVar[str] = "bank_rail"

    def create_checkout(
        self,
        *,
        key: str,
        money: Money,
        reference: str,
        description: str,
        payer: str,
        success_url: str,
        cancel_url: str,
        group: str,
    ) -> Checkout:
        return self._call(
            "pay_in.create",
            lambda: checkout(pay_ins.open_pay_in(actor=ACTOR, reference=reference, money=money, payer=payer)),
        )

    def get_checkout(self, checkout_id: str) -> Checkout:
        return self._call("pay_in.get", lambda: checkout(selectors.get_pay_in(checkout_id)))

    def find_checkout(self, reference: str, *, since: datetime) -> Checkout | None:
        return self._call("pay_in.find", lambda: _if_any(selectors.pay_in_of(reference), checkout))

    def create_refund(self, *, key: str, charge: str, money: Money, reference: str, reason: str) -> ProviderRefund:
        return self._call(
            "refund.create",
            lambda: refund(orders.order_refund(actor=ACTOR, charge=charge, money=money, reference=reference)),
        )

    def get_refund(self, refund_id: str) -> ProviderRefund:
        return self._call("refund.get", lambda: refund(selectors.get_order(refund_id)))

    def find_refund(self, reference: str, *, charge: str) -> ProviderRefund | None:
        return self._call("refund.find", lambda: _if_any(selectors.find_order(reference), refund))

    def create_payee(self, *, key: str, reference: str, label: str, email: str, country: str) -> ProviderPayee:
        return self._call(
            "payee.create", lambda: payee(payees.open_payee(actor=ACTOR, reference=reference, label=label))
        )

    def get_payee(self, payee_id: str) -> ProviderPayee:
        return self._call("payee.get", lambda: payee(selectors.get_payee(payee_id)))

    def find_payee(self, reference: str) -> ProviderPayee | None:
        return self._call("payee.find", lambda: _if_any(selectors.get_rail_payee(reference), payee))

    def payee_page(self, payee_id: str, *, key: str, return_url: str) -> str:
        """A page of ours: nobody else asks for the account."""
        return f"{settings.SITE_URL}/earnings/account/bank/"

    def create_transfer(
        self, *, key: str, payee: str, charge: str, money: Money, reference: str, group: str
    ) -> ProviderTransfer:
        return self._call(
            "transfer.create",
            lambda: transfer(
                transfers.move_to_payee(actor=ACTOR, payee=payee, charge=charge, money=money, reference=reference)
            ),
        )

    def get_transfer(self, transfer_id: str) -> ProviderTransfer:
        return self._call("transfer.get", lambda: transfer(selectors.get_transfer(transfer_id)))

    def find_transfer(self, reference: str, *, group: str) -> ProviderTransfer | None:
        return self._call("transfer.find", lambda: _if_any(selectors.find_transfer(reference), transfer))

    def reverse_transfer(self, transfer_id: str, *, key: str, money: Money, reference: str) -> ProviderReversal:
        return self._call(
            "transfer.reverse",
            lambda: reversal(transfers.move_back(actor=ACTOR, transfer=transfer_id, money=money, reference=reference)),
        )

    def find_reversal(self, reference: str, *, transfer_id: str) -> ProviderReversal | None:
        return self._call("transfer.reversals", lambda: _if_any(selectors.find_reversal(reference), reversal))

    def create_payout(self, *, key: str, payee: str, money: Money, reference: str) -> ProviderPayout:
        return self._call(
            "payout.create",
            lambda: payout(orders.order_payout(actor=ACTOR, payee=payee, money=money, reference=reference)),
        )

    def get_payout(self, payout_id: str, *, payee: str) -> ProviderPayout:
        return self._call("payout.get", lambda: payout(selectors.get_order(payout_id)))

    def find_payout(self, reference: str, *, payee: str) -> ProviderPayout | None:
        return self._call("payout.find", lambda: _if_any(selectors.find_order(reference), payout))

    def events_after(self, event_id: str) -> Iterator[ProviderEvent]:
        """None: what the bank says is in the one table of events, and is handled from there."""
        return iter(())

    def statement(self, after: str, payees: Iterable[str] = ()) -> Iterator[StatementLine | ClosingBalance]:
        """The rail's own books, which the bank's statements and confirmations wrote; then what the bank says stands on
        our account, without what is payees', as it was when no further entry was there."""
        last, hers = int(after or 0), list(payees)
        closing: list[ClosingBalance] = []
        more = True
        while more:
            for entry in books.entries_after(last):
                last = entry.pk
                yield statement_line(entry)
            closing = [ClosingBalance(payee="", money=money) for money in books.platform_balances()]
            for payee_id in hers:
                closing += [ClosingBalance(payee=payee_id, money=money) for money in books.payees_balances(payee_id)]
            more = books.has_after(last)
        yield from closing

    def read_webhook(self, body: bytes, signature: str, *, door: str) -> ProviderEvent:
        """Nobody outside speaks for it."""
        raise BadSignature

    def subject_of(self, payload: Mapping[str, Any]) -> Subject | None:
        return None

    def greet(self) -> str:
        account = selectors.platform_account()
        return f"transfers by hand go to {account.holder}, {account.bank}, …{account.number[-4:]}"

    def _call(self, point: str, act: Callable[[], R]) -> R:
        faults.reach(f"call:{point}:before")
        try:
            answer = act()
        except MooringError as error:
            raise ProviderFinal(error.code, provider_code=error.code) from error
        except OperationalError as error:
            raise ProviderUnknown(type(error).__name__) from error
        faults.reach(f"call:{point}:after")
        return answer


A = TypeVar("A")


def _if_any(found: A | None, answer: Callable[[A], R]) -> R | None:
    return None if found is None else answer(found)


def checkout(pay_in: PayIn) -> Checkout:
    line = selectors.charge_line(pay_in) if pay_in.state == PayInState.PAID else None
    return Checkout(
        pay_in.public_id,
        str(pay_in.state),
        f"{settings.SITE_URL}/wallet/in/{pay_in.reference}/",
        pay_in.reference,
        pay_in.money,
        charge(line) if line else None,
    )


def charge(line: BankLine) -> Charge:
    posted_at = datetime.combine(line.posted_on, time.min, BANKS_DAY)
    return Charge(line.public_id, line.money, posted_at, no_fee(line.currency))


def no_fee(currency: str) -> Fee:
    """A bank takes its fees in lines of their own."""
    return Fee(Money.zero(currency), 1)


def refund(order: Order) -> ProviderRefund:
    return ProviderRefund(
        order.public_id,
        REFUNDS.get(order.state, "pending"),
        order.reference,
        order.line.public_id,
        order.money,
        order.failure,
        no_fee(order.currency),
    )


def payee(one: Payee) -> ProviderPayee:
    named = bool(one.sealed_number)
    return ProviderPayee(
        id=one.public_id,
        reference=one.reference,
        holder=one.holder,
        bank_name=one.bank_name,
        last4=one.last4,
        fingerprint=one.fingerprint,
        payouts_enabled=named,
        wanted=() if named else (Wanted.BANK,),
    )


def transfer(one: Transfer) -> ProviderTransfer:
    return ProviderTransfer(one.public_id, one.reference, one.money)


def reversal(one: Reversal) -> ProviderReversal:
    return ProviderReversal(one.public_id, one.reference, one.money)


def payout(order: Order) -> ProviderPayout:
    return ProviderPayout(
        order.public_id,
        PAYOUTS.get(order.state, "in_transit"),
        order.reference,
        order.money,
        order.last4,
        order.failure,
    )


def statement_line(entry: Entry) -> StatementLine:
    return StatementLine(
        line=f"entry {entry.pk}",
        cursor=str(entry.pk),
        kind=LineKind(entry.kind),
        subject=entry.subject,
        reference=entry.reference,
        money=entry.money,
        posted_at=entry.at.astimezone(UTC),
        payee=entry.payee.public_id if entry.payee and entry.is_payees else "",
    )
