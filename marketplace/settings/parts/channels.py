"""Sockets (Channels over Valkey's publish and subscribe)."""

from marketplace.settings.env import read

CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [read().redis_url], "prefix": "mooring"},
    }
}
SOCKETS_URL = read().sockets_url
