"""What follows from money moving: it is taken further, and whoever waits for it is told."""

from marketplace.payments.handlers import bank_rail, books, chargebacks, guarding, merchants, payees, reversals, runs

__all__ = ["bank_rail", "books", "chargebacks", "guarding", "merchants", "payees", "reversals", "runs"]
