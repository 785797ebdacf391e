"""A refusal of the engine, as Stripe words it: HTTP status, type, code, and the parameter that is to blame."""

from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.engine.idempotency import Answer

_INVALID, _API, _CARD = "invalid_request_error", "api_error", "card_error"
_DOCS = "https://docs.stripe.com/error-codes"

# The engine's code → status, type, Stripe's code. What is not here is an invalid request without a code.
_WORDS: dict[str, tuple[int, str, str]] = {
    "account_over": (400, _INVALID, "account_invalid"),
    "balance_insufficient": (400, _INVALID, "balance_insufficient"),
    "capability_missing": (400, _INVALID, "insufficient_capabilities_for_transfer"),
    "charge_already_refunded": (400, _INVALID, "charge_already_refunded"),
    "charge_disputed": (400, _INVALID, "charge_disputed"),
    "destination_missing": (400, _INVALID, "resource_missing"),
    "idempotency_in_flight": (409, _INVALID, "idempotency_key_in_use"),
    "idempotency_mismatch": (400, "idempotency_error", ""),
    "internal_error": (500, _API, ""),
    "not_found": (404, _INVALID, "resource_missing"),
    "amount_too_small": (400, _INVALID, "amount_too_small"),
    "parameter_invalid_empty": (400, _INVALID, "parameter_invalid_empty"),
    "parameter_invalid_integer": (400, _INVALID, "parameter_invalid_integer"),
    "parameter_missing": (400, _INVALID, "parameter_missing"),
    "parameter_unknown": (400, _INVALID, "parameter_unknown"),
    "payout_refused": (400, _INVALID, "payouts_not_allowed"),
    "payouts_not_allowed": (400, _INVALID, "payouts_not_allowed"),
    "rate_limited": (429, _INVALID, "rate_limit"),
    "refund_refused": (400, _INVALID, "refund_disputed_payment"),
    "transfer_refused": (400, _INVALID, "insufficient_capabilities_for_transfer"),
    "unauthenticated": (401, _INVALID, ""),
    "unavailable": (503, _API, ""),
}


def of_refusal(refusal: Refusal) -> Answer:
    """`{error: {type, code, message, param, doc_url}}`; what does not apply is left out."""
    status, kind, code = _WORDS.get(refusal.code, (400, _INVALID, ""))
    error = {"type": kind, "message": refusal.message}
    if code:
        error |= {"code": code, "doc_url": f"{_DOCS}#{code.replace('_', '-')}"}
    if refusal.field:
        error["param"] = refusal.field
    return Answer(status, {"error": error})
