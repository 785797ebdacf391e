"""What follows from money moving: it is taken further, and whoever waits for it is told."""

from marketplace.payments.handlers import books, guarding, merchants, payees, runs

__all__ = ["books", "guarding", "merchants", "payees", "runs"]
