"""The bank's desk, for finance staff."""

from marketplace.bank_rail.admin import batches, lines, tables, uploads

__all__ = ["batches", "lines", "tables", "uploads"]
