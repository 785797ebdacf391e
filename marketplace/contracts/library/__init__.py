"""The words of contracts as data: clauses with conditions and placeholders, written out and checked by pure code."""
