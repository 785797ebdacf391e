"""The outside world of money. `provider()` is the one door; nothing here opens a transaction."""

from marketplace.payments.gateways.registry import default_provider, provider

__all__ = ["default_provider", "provider"]
