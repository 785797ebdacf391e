"""A cache on Valkey that misses, and logs, when Valkey is away: no page ever fails for want of a cache."""

import logging
from collections.abc import Callable
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class TolerantValkeyCache(RedisCache):
    def __init__(self, server: str, params: dict) -> None:
        options = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5} | params.get("OPTIONS", {})
        super().__init__(server, params | {"OPTIONS": options})

    def get(self, key, default=None, version=None):
        return self._or(default, super().get, key, default, version)

    def set(self, key, value, *args, **kwargs):
        return self._or(None, super().set, key, value, *args, **kwargs)

    def add(self, key, value, *args, **kwargs):
        return self._or(False, super().add, key, value, *args, **kwargs)

    def delete(self, key, version=None):
        return self._or(False, super().delete, key, version)

    def get_many(self, keys, version=None):
        return self._or({}, super().get_many, keys, version)

    def set_many(self, data, *args, **kwargs):
        return self._or(list(data), super().set_many, data, *args, **kwargs)

    def incr(self, key, delta=1, version=None):
        return self._or(None, super().incr, key, delta, version)

    def has_key(self, key, version=None):
        return self._or(False, super().has_key, key, version)

    def _or(self, fallback: Any, operation: Callable, *args, **kwargs):
        try:
            return operation(*args, **kwargs)
        except RedisError as error:
            logger.warning("cache away: %s", type(error).__name__)
            return fallback
