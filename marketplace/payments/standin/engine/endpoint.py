"""Where webhooks go."""

from dataclasses import dataclass

from django.conf import settings

from marketplace.payments.standin.models import WebhookEndpoint


@dataclass(frozen=True)
class Endpoint:
    """An address and the secrets that sign what is sent there."""

    url: str
    secrets: tuple[str, ...]


def current(channel: str) -> Endpoint:
    """What a test set, else what the environment says."""
    if row := WebhookEndpoint.objects.filter(channel=channel).first():
        return Endpoint(row.url, tuple(row.secrets))
    given = settings.STANDIN.webhooks[channel]
    return Endpoint(given.url, tuple(given.secrets))


def point_at(channel: str, url: str, secrets: list[str]) -> Endpoint:
    """Send a channel's webhooks elsewhere from now on, those that wait included."""
    WebhookEndpoint.objects.update_or_create(channel=channel, defaults={"url": url, "secrets": secrets})
    return current(channel)
