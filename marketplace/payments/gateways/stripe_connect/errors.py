"""Stripe's errors in our three families."""

import stripe

from marketplace.payments.errors import ProviderError, ProviderFinal, ProviderRetryable, ProviderUnknown

# Another call with this key, or on this object, is under way: nothing of ours has happened yet.
BUSY = frozenset({"idempotency_key_in_use", "lock_timeout", "rate_limit"})
# Nothing happened; the operator mends the key, and the same call goes through.
NOT_LET_IN = (stripe.AuthenticationError, stripe.PermissionError)
ALREADY_USED = "idempotency_mismatch"
REFUSED = "invalid_request"


def family(error: stripe.StripeError, *, may_have_arrived: bool) -> ProviderError:
    """The error to raise. `may_have_arrived` says whether any try of the call may have been read."""
    code = code_of(error)
    if isinstance(error, stripe.APIConnectionError):
        kind = ProviderUnknown if may_have_arrived else ProviderRetryable
        return kind(type(error.__cause__ or error).__name__)
    if isinstance(error, stripe.RateLimitError) or code in BUSY:
        return ProviderRetryable(code or "rate_limit")
    if isinstance(error, NOT_LET_IN):
        return ProviderRetryable(code or type(error).__name__)
    if isinstance(error, stripe.IdempotencyError):
        return ProviderFinal(ALREADY_USED, provider_code=ALREADY_USED)
    if error.http_status and 400 <= error.http_status < 500:
        return ProviderFinal(code or REFUSED, provider_code=code or REFUSED)
    return ProviderUnknown(code or f"HTTP {error.http_status}")


def code_of(error: stripe.StripeError) -> str:
    """What Stripe calls it. The SDK keeps it in the body alone where it has no class of its own for the status."""
    body = error.error
    return str(error.code or (body and getattr(body, "code", None)) or "")
