"""Public ids: a prefix that says what it is, and 128 bits that nobody guesses."""

import secrets


def new(prefix: str) -> str:
    """A fresh id, such as `chk_5f0c…`."""
    return f"{prefix}_{secrets.token_hex(16)}"
