"""Which providers this house has, by its settings, and which of them takes what."""

from django.conf import settings

from marketplace.core.errors import NotFound
from marketplace.payments.errors import CurrencyNotOffered
from marketplace.payments.gateways.bank_rail import BankRail
from marketplace.payments.gateways.provider import KeepsStatement, Provider
from marketplace.payments.gateways.stripe_connect import StripeConnect
from marketplace.payments.gateways.stripe_connect.events import CONNECTED, PLATFORM, THIN
from marketplace.payments.gateways.test_bank import TestBank


def provider(name: str) -> Provider:
    """The provider with this name. Raises NotFound when it is not configured."""
    if name == StripeConnect.name and settings.STRIPE_SECRET_KEY:
        return StripeConnect(
            key=settings.STRIPE_SECRET_KEY,
            base=settings.STRIPE_API_BASE,
            secrets={
                PLATFORM: settings.STRIPE_WEBHOOK_SECRETS,
                CONNECTED: settings.STRIPE_CONNECTED_WEBHOOK_SECRETS,
                THIN: settings.STRIPE_THIN_WEBHOOK_SECRETS,
            },
        )
    if name == TestBank.name and settings.STANDIN_URL:
        return TestBank(
            url=settings.STANDIN_URL, secret=settings.STANDIN_SECRET, webhook_secrets=settings.STANDIN_WEBHOOK_SECRETS
        )
    if name == BankRail.name and settings.BANK_RAIL_ACCOUNT_NUMBER:
        return BankRail()
    raise NotFound


def configured() -> list[str]:
    """The names of all providers that money may be at."""
    there = {
        StripeConnect.name: settings.STRIPE_SECRET_KEY,
        TestBank.name: settings.STANDIN_URL,
        BankRail.name: settings.BANK_RAIL_ACCOUNT_NUMBER,
    }
    return [name for name, given in there.items() if given]


def with_statement() -> list[str]:
    """Those of them whose books can be compared with ours."""
    return [name for name in configured() if isinstance(provider(name), KeepsStatement)]


def provider_for(currency: str) -> str:
    """Where a new payment in this currency goes. Raises CurrencyNotOffered: the bank by hand has a list of its own,
    Stripe takes only what the account settles in, and where there is Stripe, nothing new goes to the test bank."""
    if by_hand(currency):
        return BankRail.name
    if settings.STRIPE_SECRET_KEY:
        if not offers(currency):
            raise CurrencyNotOffered(currency=currency)
        return StripeConnect.name
    return TestBank.name


def offers(currency: str) -> bool:
    """Whether a new payment in this currency can be made."""
    return by_hand(currency) or not settings.STRIPE_SECRET_KEY or currency in settings.STRIPE_CURRENCIES


def by_hand(currency: str) -> bool:
    return bool(settings.BANK_RAIL_ACCOUNT_NUMBER) and currency in settings.BANK_RAIL_CURRENCIES


def payees_providers() -> dict[str, list[str]]:
    """By whom a payee is paid from now on, each with its currencies; none is all others. With each she names an account
    of its own."""
    others = {StripeConnect.name: settings.STRIPE_CURRENCIES} if settings.STRIPE_SECRET_KEY else {TestBank.name: []}
    return others | ({BankRail.name: settings.BANK_RAIL_CURRENCIES} if settings.BANK_RAIL_ACCOUNT_NUMBER else {})
