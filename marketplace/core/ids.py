"""Public ids: a prefix that says what it is, and 128 unguessable bits. Database integers never leave the program."""

import re
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to misread
LENGTH = 26  # 26 * 5 bits > 128
PATTERN = re.compile(rf"^[a-z]{{2,4}}_[{ALPHABET}]{{{LENGTH}}}$")


def new_id(prefix: str) -> str:
    """A new public id such as `pty_3k0v…`."""
    number = secrets.randbits(LENGTH * 5)
    digits = [ALPHABET[(number >> (5 * place)) & 31] for place in range(LENGTH)]
    return f"{prefix}_{''.join(digits)}"


def is_id(text: str, prefix: str | None = None) -> bool:
    return bool(PATTERN.match(text)) and (prefix is None or text.startswith(f"{prefix}_"))
