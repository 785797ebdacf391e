"""Valkey's channels know no database number: everything of ours begins with the prefix of the channel layer."""

from django.conf import settings


def channel_of(room: str) -> str:
    return f"{settings.CHANNEL_LAYERS['default']['CONFIG']['prefix']}:room:{room}"


def valkey_url() -> str:
    return settings.CHANNEL_LAYERS["default"]["CONFIG"]["hosts"][0]
