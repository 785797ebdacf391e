"""The outside world of money. `provider()` is the one door; nothing here opens a transaction."""

from marketplace.payments.gateways.registry import (
    configured,
    offers,
    payees_providers,
    provider,
    provider_for,
    with_statement,
)

__all__ = ["configured", "offers", "payees_providers", "provider", "provider_for", "with_statement"]
