"""Payments for finance: to be read, and moved only by actions."""

from marketplace.payments.admin import chargebacks, money, reconciliation, reversals, runs

__all__ = ["chargebacks", "money", "reconciliation", "reversals", "runs"]
