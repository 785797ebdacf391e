"""Both providers behind one set of levers: a journey of money is walked at the test bank and at Stripe alike."""

from dataclasses import dataclass
from typing import ClassVar

from django.test import override_settings

from marketplace.core.money import Money
from marketplace.payments.models import Funding, PayoutAccount
from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi

SITE = "http://localhost:8000"


@dataclass
class TestBankSide:
    """The test bank's own dialect."""

    __test__: ClassVar[bool] = False
    bank: Bank
    name = "test_bank"
    currency = "CNY"
    fee_minor = 0
    operations: ClassVar = {}
    buttons: ClassVar = {"payment": "/_pay", "payout": "/_payouts"}
    ways_to_pay: ClassVar = ("pay", "decline", "cancel", "pay_later", "fail_later")

    def settings(self) -> override_settings:
        return override_settings(
            STANDIN_URL=self.bank.url,
            STANDIN_PUBLIC_URL=self.bank.url,
            STANDIN_SECRET=self.bank.secret,
            STANDIN_WEBHOOK_SECRETS=list(self.bank.webhook_secrets),
            STRIPE_SECRET_KEY="",
            SITE_URL=SITE,
        )

    def money(self, minor: int) -> Money:
        return Money(minor, self.currency)

    def fault(self, operation: str, action: str, **options: object) -> None:
        self.bank.fault(self.operations.get(operation, operation), action, **options)

    def pay(self, funding: Funding, how: str = "pay") -> None:
        self.bank.pay(funding.checkout, how)

    def name_account(self, account: PayoutAccount) -> None:
        self.bank.name_account(account.provider_payee)

    def settle_payout(self, payout: str, how: str = "arrive") -> None:
        self.bank.settle_payout(payout, how)

    def let_money_become_available(self) -> None:
        """What is paid in here is there at once."""

    def balance(self) -> int:
        """The platform's, without what Stripe keeps for itself."""
        return self.bank.balance(self.currency)

    def stands(self) -> int:
        """What is on the platform's account."""
        return self.balance()

    def balance_of(self, account: PayoutAccount) -> int:
        return self.bank.balance_of(account.provider_payee, self.currency)

    def made(self, what: str, reference: str, account: PayoutAccount | None = None) -> list[tuple[str, int]]:
        """Status and amount of everything there that carries our reference."""
        rows = self.bank.get(f"/api/{what}", reference=reference).json()["data"]
        return [(row.get("status", "done"), row["amount_minor"]) for row in rows]


@dataclass
class StripeSide(TestBankSide):
    """Stripe's dialect, by way of the official SDK."""

    name = "stripe"
    currency = "USD"
    operations: ClassVar = {
        "checkout.create": "stripe.checkout_session.create",
        "refund.create": "stripe.refund.create",
        "transfer.create": "stripe.transfer.create",
        "payout.create": "stripe.payout.create",
        "payee.create": "stripe.account.create",
        "transfer.reverse": "stripe.transfer.reverse",
        "evidence.submit": "stripe.dispute.update",
        "checkout.get": "stripe.checkout_session.get",
        "checkout.list": "stripe.checkout_session.list",
        "refund.get": "stripe.refund.get",
        "refund.list": "stripe.refund.list",
        "transfer.list": "stripe.transfer.list",
        "payout.get": "stripe.payout.get",
        "event.list": "stripe.event.list",
    }
    buttons: ClassVar = {"payment": "/_sessions", "payout": "/_connected_payouts"}
    ways_to_pay: ClassVar = ("pay", "decline", "later", "fail_later")

    @property
    def api(self) -> StripeApi:
        return StripeApi(self.bank)

    def settings(self) -> override_settings:
        secrets = self.bank.stripe_secrets
        return override_settings(
            STANDIN_URL="",
            STRIPE_SECRET_KEY=self.bank.stripe_key,
            STRIPE_API_BASE=self.bank.url,
            STRIPE_CURRENCIES=["USD", "EUR"],
            STRIPE_WEBHOOK_SECRETS=[secrets["acquirer"]],
            STRIPE_CONNECTED_WEBHOOK_SECRETS=[secrets["connected"]],
            STRIPE_THIN_WEBHOOK_SECRETS=[secrets["thin"]],
            SITE_URL=SITE,
        )

    def pay(self, funding: Funding, how: str = "pay") -> None:
        if how == "cancel":
            self.api.v1.checkout.sessions.expire(funding.checkout)
        else:
            self.bank.pay_session(funding.checkout, {"decline": "fail_later"}.get(how, how), after_s=0)

    def name_account(self, account: PayoutAccount) -> None:
        self.bank.onboard(account.provider_payee)

    def settle_payout(self, payout: str, how: str = "arrive") -> None:
        self.bank.settle_connected_payout(payout, how)

    def let_money_become_available(self) -> None:
        self.bank.advance(self.bank.available_seconds + 1)

    def balance(self) -> int:
        """Charges, less what went back and on; the fees are the platform's own."""
        return sum(amount for _kind, amount, _fee in self.api.lines())

    def stands(self) -> int:
        return sum(self.api.balance(None, self.currency.lower()))

    def balance_of(self, account: PayoutAccount) -> int:
        return sum(self.api.balance(account.provider_payee, self.currency.lower()))

    def made(self, what: str, reference: str, account: PayoutAccount | None = None) -> list[tuple[str, int]]:
        v1 = self.api.v1
        lists = {"checkouts": v1.checkout.sessions, "refunds": v1.refunds, "transfers": v1.transfers}
        if what == "payouts":
            rows = v1.payouts.list({"limit": 100}, {"stripe_account": account.provider_payee}).data
        else:
            rows = lists[what].list({"limit": 100}).data
        return [
            (getattr(row, "status", "done"), row.amount_total if what == "checkouts" else row.amount)
            for row in rows
            if row.metadata.to_dict().get("reference") == reference
        ]


SIDES = (TestBankSide, StripeSide)
