"""What follows from a contract moving: whoever must act, or waits, is told."""

from marketplace.contracts.handlers import ending, money, signing, work

__all__ = ["ending", "money", "signing", "work"]
