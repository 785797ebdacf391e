"""Webhook signatures of the shape that Stripe and the standard-webhooks project share: `t=…,v1=…[,v1=…]`."""

import hashlib
import hmac
from collections.abc import Iterable

from marketplace.core import clock
from marketplace.payments.errors import BadSignature

TOLERANCE_S = 300  # Stripe's default


def verify(body: bytes, header: str, secrets: Iterable[str], *, tolerance_s: int = TOLERANCE_S) -> None:
    """Raises BadSignature unless one of `secrets` signed `body` within the tolerance."""
    timestamp, signatures = _parse(header)
    if abs(clock.now().timestamp() - timestamp) > tolerance_s:
        raise BadSignature
    for secret in secrets:
        expected = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
        if secret and any(hmac.compare_digest(expected, given) for given in signatures):
            return
    raise BadSignature


def _parse(header: str) -> tuple[int, list[str]]:
    pairs = [part.partition("=") for part in header.split(",")]
    stamps = [value for name, _, value in pairs if name == "t"]
    if len(stamps) != 1 or not stamps[0].isascii() or not stamps[0].isdigit() or len(stamps[0]) > 12:
        raise BadSignature
    return int(stamps[0]), [value for name, _, value in pairs if name == "v1" and value.isascii()]
