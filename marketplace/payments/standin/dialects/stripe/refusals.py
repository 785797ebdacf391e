"""Refusing a value."""

from marketplace.payments.standin.engine.errors import Refusal, invalid


def must_be(field: str, expected: str) -> Refusal:
    """A value that is not one of what is possible."""
    refusal = invalid(field, expected)
    refusal.message = f"Invalid {field}: must be {expected}"
    return refusal
