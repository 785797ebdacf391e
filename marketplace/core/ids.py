"""Public ids: a prefix that says what it is, and 128 unguessable bits. Database integers never leave the program."""

import base64
import re
import secrets

ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz"  # Crockford's base 32: no i, l, o, u to misread
LENGTH = 26  # 26 * 5 bits > 128
BYTES = 17  # fills 26 digits and a bit
_CROCKFORD = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", ALPHABET.encode())
PATTERN = re.compile(rf"^[a-z]{{2,4}}_[{ALPHABET}]{{{LENGTH}}}$")


def new_id(prefix: str) -> str:
    """A new public id such as `pty_3k0v…`."""
    return spelt(prefix, secrets.token_bytes(BYTES))


def spelt(prefix: str, raw: bytes) -> str:
    """The public id that these `BYTES` bytes spell; for rows that must come out the same every time."""
    return f"{prefix}_{base64.b32encode(raw)[:LENGTH].translate(_CROCKFORD).decode()}"


def is_id(text: str, prefix: str | None = None) -> bool:
    return bool(PATTERN.match(text)) and (prefix is None or text.startswith(f"{prefix}_"))
