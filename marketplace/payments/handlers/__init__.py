"""What follows from money moving: it is taken further, and whoever waits for it is told."""

from marketplace.payments.handlers import books, chargebacks, guarding, merchants, payees, reversals, runs

__all__ = ["books", "chargebacks", "guarding", "merchants", "payees", "reversals", "runs"]
