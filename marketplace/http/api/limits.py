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
from marketplace.core.errors import TooMany

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


def refuse_guessing(address: str) -> None:
    """Raises TooMany when an address has shown too many tokens that are none: it is answered without a query."""
    most, seconds = settings.API_LIMITS["refused"]
    now = clock.now().timestamp()
    if (caches["quick"].get(_refusals(address, now, seconds)) or 0) >= most:
        raise TooMany(retry_after=max(1, round(seconds - now % seconds + 0.5)))


def note_refusal(address: str) -> None:
    _most, seconds = settings.API_LIMITS["refused"]
    count(_refusals(address, clock.now().timestamp(), seconds), seconds)


def _refusals(address: str, now: float, seconds: int) -> str:
    return f"api:refused:{address}:{int(now // seconds)}"


def count(key: str, seconds: int) -> int:
    cache = caches["quick"]
    cache.add(key, 0, timeout=2 * seconds)
    try:
        return cache.incr(key) or 0
    except ValueError:  # it was forgotten between the two
        return 0
