"""The secret of a personal access token: made once, shown once, kept as its digest only."""

import base64
import hashlib
import re
import secrets

PREFIX = "mooring_"
BYTES = 32  # 256 bits: a plain digest is enough, there is nothing to guess
PATTERN = re.compile(rf"^{PREFIX}[a-z2-7]{{52}}$")
KNOWN_BY = len(PREFIX) + 6


def new_secret() -> str:
    """`mooring_` and 52 letters, so that scanners of leaked secrets know it."""
    return PREFIX + base64.b32encode(secrets.token_bytes(BYTES)).decode().rstrip("=").lower()


def digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def looks_right(secret: str) -> bool:
    return bool(PATTERN.match(secret))
