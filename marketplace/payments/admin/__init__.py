"""Payments for finance: to be read, and moved only by actions."""

from marketplace.payments.admin import money, reconciliation, runs

__all__ = ["money", "reconciliation", "runs"]
