"""What follows from money moving: it is taken further, and whoever waits for it is told."""

from marketplace.payments.handlers import guarding, merchants, payees

__all__ = ["guarding", "merchants", "payees"]
