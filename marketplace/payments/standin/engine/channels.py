"""The channels that events leave by. A dialect says at the start how its own are written and signed."""

from collections.abc import Callable
from dataclasses import dataclass

from marketplace.payments.standin.models import Event

TESTBANK = "testbank"
ACQUIRER = "acquirer"  # what happens on the platform's own account
CONNECTED = "connected"  # what happens on a connected account
THIN = "thin"  # that something about a connected account changed, and no more


@dataclass(frozen=True)
class Channel:
    """How a webhook of this channel looks."""

    signature_header: str
    agent: str
    write: Callable[[Event], dict]


_channels: dict[str, Channel] = {}


def open_for(name: str, channel: Channel) -> None:
    """Say how this channel's events are sent."""
    _channels[name] = channel


def of(name: str) -> Channel:
    """How this channel's events are sent."""
    return _channels[name]
