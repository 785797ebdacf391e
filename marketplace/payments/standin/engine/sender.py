"""Sending one webhook: signed, with a short patience, and with the faults that a signature can have."""

import json

import httpx

from marketplace.payments.standin.engine import channels, clock, deliveries, endpoint, faults, signature
from marketplace.payments.standin.models import Delivery, Event

PATIENCE_SECONDS = 5
FOREIGN_SECRET = "a-secret-of-somebody-else"  # noqa: S105  (what a forged signature is made with)


def send(delivery: Delivery, client: httpx.Client) -> None:
    """Try once, and write down what came of it. No transaction is open while the network is."""
    target = endpoint.current(delivery.event.channel)
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
    """An event as it is sent."""
    written = channels.of(event.channel).write(event)
    return json.dumps(written, ensure_ascii=False, separators=(",", ":")).encode()


def _headers(delivery: Delivery, payload: bytes, secrets: tuple[str, ...]) -> dict[str, str]:
    # The receiver compares the timestamp with its own clock, so it is the wall's, however far the bank has advanced.
    timestamp = int(clock.wall().timestamp())
    fault = faults.draw_for_sending(delivery.event.type)
    if fault.action == "bad_signature":
        secrets = (FOREIGN_SECRET,)
    if fault.action == "old_timestamp":
        timestamp -= fault.argument or 3600
    channel = channels.of(delivery.event.channel)
    return {
        "Content-Type": "application/json; charset=utf-8",
        "User-Agent": channel.agent,
        channel.signature_header: signature.header(payload, timestamp=timestamp, secrets=secrets),
    }
