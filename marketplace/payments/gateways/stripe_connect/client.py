"""The SDK's client, and the one way through which every call to Stripe goes."""

from collections.abc import Callable
from functools import cache
from typing import TypeVar

import stripe

from marketplace.core import faults
from marketplace.payments.gateways.stripe_connect.errors import family
from marketplace.payments.gateways.stripe_connect.wire import Wire

R = TypeVar("R")
TRIES_MORE = 2
HOSTS = ("api", "connect", "files", "meter_events")


class Client:
    """`key` is the secret key; `base` is where the API is when it is not Stripe's own (the stand-in)."""

    def __init__(self, key: str, base: str = "") -> None:
        self.is_live = "_live_" in key
        self.wire = Wire()
        self.sdk = stripe.StripeClient(
            key,
            base_addresses={"api": base, "connect": base, "files": base, "meter_events": base} if base else {},
            max_network_retries=TRIES_MORE,
            http_client=self.wire,
        )

    def call(self, point: str, ask: Callable[[stripe.StripeClient], R]) -> R:
        """What Stripe answers. Raises ProviderRetryable, ProviderFinal or ProviderUnknown, nothing else."""
        faults.reach(f"call:{point}:before")
        self.wire.begin()
        try:
            answer = ask(self.sdk)
        except stripe.StripeError as error:
            raise family(error, may_have_arrived=self.wire.may_have_arrived) from error
        faults.reach(f"call:{point}:after")
        return answer


@cache
def client(key: str, base: str = "") -> Client:
    """One for each key, so that connections are used again."""
    return Client(key, base)
