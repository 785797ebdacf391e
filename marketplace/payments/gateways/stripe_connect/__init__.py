"""Stripe by its official SDK: separate charges and transfers, Accounts v2 (docs/payments.md, docs/adr/0011)."""

from marketplace.payments.gateways.stripe_connect.gateway import StripeConnect

__all__ = ["StripeConnect"]
