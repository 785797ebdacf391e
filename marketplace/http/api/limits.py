"""How often a token may ask. Counted in Valkey, by whole windows.

When Valkey is away nobody is counted (it fails open, on purpose): the limit keeps one program from slowing the others,
no secret hangs on it, and a market that stands still because a counter is gone would be the greater harm. The limits on
signing in, which guard secrets, are in the database (docs/adr/0006-two-caches.md).
"""

from django.conf import settings
from django.core.cache import caches
from rest_framework.request import Request
from rest_framework.throttling import BaseThrottle

from marketplace.core import clock

READS = {"GET", "HEAD", "OPTIONS"}


class Limit(BaseThrottle):
    """Reads and writes are counted apart, so that whoever polls can still act."""

    def allow_request(self, request: Request, view: object) -> bool:
        if request.auth is None:
            return True
        kind = "read" if request.method in READS else "write"
        most, seconds = settings.API_LIMITS[kind]
        now = clock.now().timestamp()
        self.left = seconds - now % seconds
        return count(f"api:{kind}:{request.auth.key}:{int(now // seconds)}", seconds) <= most

    def wait(self) -> float:
        """Until the window ends; never nought, which would be an invitation to hammer."""
        return max(1, round(self.left + 0.5))


def count(key: str, seconds: int) -> int:
    cache = caches["quick"]
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return cache.incr(key) or 0
    except ValueError:  # it was forgotten between the two
        return 0
