"""Sending one webhook: signed, with a short patience, and with the faults that a signature can have."""

import json

import httpx

from marketplace.payments.standin.engine import clock, deliveries, endpoint, faults, signature, snapshots
from marketplace.payments.standin.models import Delivery, Event

PATIENCE_SECONDS = 5
FOREIGN_SECRET = "a-secret-of-somebody-else"  # noqa: S105  (what a forged signature is made with)


def send(delivery: Delivery, client: httpx.Client) -> None:
    """Try once, and write down what came of it. No transaction is open while the network is."""
    target = endpoint.current()
    if not target.url:
        deliveries.failed(delivery, status=None, error="no address to send to")
        return
    payload = body(delivery.event)
    try:
        answer = client.post(target.url, content=payload, headers=_headers(delivery, payload, target.secrets))
    except httpx.HTTPError as error:
        deliveries.failed(delivery, status=None, error=f"{type(error).__name__}: {error}")
        return
    if answer.is_success:
        deliveries.succeeded(delivery, answer.status_code)
    else:
        deliveries.failed(delivery, status=answer.status_code, error=answer.reason_phrase)


def body(event: Event) -> bytes:
    """An event as it is sent and as the API lists it."""
    return json.dumps(snapshot(event), ensure_ascii=False, separators=(",", ":")).encode()


def snapshot(event: Event) -> dict:
    """An event as data."""
    return {
        "id": event.id,
        "type": event.type,
        "created_at": snapshots.instant(event.created_at),
        "object": event.object,
    }


def _headers(delivery: Delivery, payload: bytes, secrets: tuple[str, ...]) -> dict[str, str]:
    # The receiver compares the timestamp with its own clock, so it is the wall's, however far the bank has advanced.
    timestamp = int(clock.wall().timestamp())
    fault = faults.draw_for_sending(delivery.event.type)
    if fault.action == "bad_signature":
        secrets = (FOREIGN_SECRET,)
    if fault.action == "old_timestamp":
        timestamp -= fault.argument or 3600
    return {
        "Content-Type": "application/json",
        "User-Agent": "MooringTestBank/1",
        signature.HEADER: signature.header(payload, timestamp=timestamp, secrets=secrets),
    }
