"""What follows from a contract moving: whoever must act, or waits, is told."""

from marketplace.contracts.handlers import ending, links, money, signing, work

__all__ = ["ending", "links", "money", "signing", "work"]
