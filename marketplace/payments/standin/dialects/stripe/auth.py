"""Stripe's secret keys: a test key opens this door, a live one must never come near it."""

import hmac
from base64 import b64decode
from binascii import Error

from django.conf import settings
from django.http import HttpRequest

from marketplace.payments.standin.engine.errors import Refusal


def require(request: HttpRequest) -> None:
    """`Authorization: Bearer sk_test_…`, or the same key as the name of a basic authorization."""
    given = _key(request.headers.get("Authorization", ""))
    if given.startswith(("sk_live_", "rk_live_")):
        raise Refusal("unauthenticated", "This is a stand-in: a live key has no business here. Revoke it.", status=401)
    known = settings.STANDIN.stripe_key
    if not known or not hmac.compare_digest(given.encode(), known.encode()):
        raise Refusal("unauthenticated", f"Invalid API Key provided: {_masked(given)}", status=401)


def _key(header: str) -> str:
    scheme, _, given = header.partition(" ")
    if scheme == "Basic":
        try:
            return b64decode(given, validate=True).decode().partition(":")[0]
        except (Error, UnicodeDecodeError):
            return ""
    return given if scheme == "Bearer" else ""


def _masked(key: str) -> str:
    return f"{key[:8]}{'*' * max(len(key) - 12, 0)}{key[-4:]}" if len(key) > 12 else "*" * len(key)
