from django.conf import settings

from marketplace.core.errors import NotFound
from marketplace.payments.gateways.provider import Provider
from marketplace.payments.gateways.test_bank import TestBank


def provider(name: str) -> Provider:
    """The provider with this name. Raises NotFound when it is not configured."""
    if name == TestBank.name and settings.STANDIN_URL:
        return TestBank(
            url=settings.STANDIN_URL, secret=settings.STANDIN_SECRET, webhook_secrets=settings.STANDIN_WEBHOOK_SECRETS
        )
    raise NotFound


def default_provider() -> str:
    """Where a new payment goes."""
    return TestBank.name
