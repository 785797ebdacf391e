"""The signature of a webhook: `t=<unix>,v1=<hmac>`, one `v1` for each secret while secrets are being rotated."""

import hashlib
import hmac
from collections.abc import Iterable


def header(payload: bytes, *, timestamp: int, secrets: Iterable[str]) -> str:
    """The header's value for a body sent at `timestamp`."""
    signed = [f"v1={_digest(payload, timestamp, secret)}" for secret in secrets]
    return ",".join([f"t={timestamp}", *signed])


def _digest(payload: bytes, timestamp: int, secret: str) -> str:
    return hmac.new(secret.encode(), f"{timestamp}.".encode() + payload, hashlib.sha256).hexdigest()
