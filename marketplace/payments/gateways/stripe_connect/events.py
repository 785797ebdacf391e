"""What Stripe tells us: by three doors, and in its log for what no door brought."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import timedelta
from typing import Any

import stripe

from marketplace.core import clock
from marketplace.payments.answers import ProviderEvent, Subject
from marketplace.payments.errors import BadSignature, ProviderFinal
from marketplace.payments.gateways.stripe_connect.client import Client
from marketplace.payments.gateways.stripe_connect.objects import PAGE

PLATFORM, CONNECTED, THIN = "platform", "connected", "thin"
KINDS = {
    "checkout.session": "checkout",
    "dispute": "chargeback",
    "payout": "payout",
    "refund": "refund",
    "transfer": "transfer",
    "v2.core.account": "payee",
}
# What the back-fill reads of the platform's log: the types that speak of something of ours. Twenty at most.
TYPES = (
    *("checkout.session.completed", "checkout.session.expired"),
    *("checkout.session.async_payment_succeeded", "checkout.session.async_payment_failed"),
    *("refund.created", "refund.updated", "refund.failed"),
    "transfer.created",
    "transfer.reversed",
    *("charge.dispute.created", "charge.dispute.updated", "charge.dispute.closed"),
    *("charge.dispute.funds_withdrawn", "charge.dispute.funds_reinstated"),
)
# Stripe delivers for three days. Where nothing was read yet, what is older has been looked up by our own clock.
FIRST_LOOK = timedelta(days=3)


def read(body: bytes, signature: str, secrets: Iterable[str]) -> ProviderEvent:
    """Raises BadSignature unless one of `secrets` signed it within five minutes."""
    if not any(_signed(body, signature, secret) for secret in secrets):
        raise BadSignature
    try:
        return event(json.loads(body))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise BadSignature from None


def subject_of(payload: Mapping[str, Any], *, is_live: bool) -> Subject | None:
    """Which of our things it speaks of. The door of live events is also told what happens in test mode: not ours."""
    if bool(payload.get("livemode")) != is_live:
        return None
    if payload.get("object") == "v2.core.event":
        about = payload.get("related_object") or {}
        return _subject(about.get("type", ""), about.get("id", ""), "")
    about = payload["data"]["object"]
    return _subject(about.get("object", ""), about.get("id", ""), str(payload.get("account") or ""))


def after(client: Client, event_id: str) -> Iterator[ProviderEvent]:
    """The platform's log behind this event, oldest first."""
    if event_id:
        try:
            yield from _behind(client, event_id)
        except ProviderFinal:  # the log forgets after thirty days
            event_id = ""
        else:
            return
    begin = int((clock.now() - FIRST_LOOK).timestamp())
    query = {"types": list(TYPES), "created": {"gte": begin}, "limit": PAGE}
    newest_first = client.call("event.list", lambda sdk: list(sdk.v1.events.list(query).auto_paging_iter()))
    yield from (event(found.to_dict()) for found in reversed(newest_first))


def event(data: Mapping[str, Any]) -> ProviderEvent:
    return ProviderEvent(data["id"], data["type"], data)


def _behind(client: Client, event_id: str) -> Iterator[ProviderEvent]:
    while True:
        query = {"types": list(TYPES), "ending_before": event_id, "limit": PAGE}
        page = client.call("event.list", lambda sdk, query=query: sdk.v1.events.list(query))
        for found in reversed(page.data):
            yield event(found.to_dict())
        if not page.has_more:
            return
        event_id = page.data[0].id


def _subject(object_type: str, object_id: str, account: str) -> Subject | None:
    return Subject(KINDS[object_type], object_id, account) if object_type in KINDS and object_id else None


def _signed(body: bytes, signature: str, secret: str) -> bool:
    try:
        stripe.WebhookSignature.verify_header(body, signature, secret, stripe.Webhook.DEFAULT_TOLERANCE)
    except (stripe.SignatureVerificationError, UnicodeDecodeError):
        return False
    return True
