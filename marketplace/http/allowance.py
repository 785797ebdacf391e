"""How often an address may ask for something that costs us much. Counted in Valkey, by whole windows; when Valkey is
away nobody is counted, as for the API (`http/api/limits.py` says why)."""

from marketplace.core import clock
from marketplace.core.errors import TooMany
from marketplace.http.api.limits import count


def spend(what: str, who: str, limit: tuple[int, int], refusal: type[TooMany]) -> None:
    """Once more. `limit` is how many in how many seconds. Raises `refusal` with `retry_after`, in seconds."""
    most, seconds = limit
    now = clock.now().timestamp()
    if count(f"spend:{what}:{who}:{int(now // seconds)}", seconds) > most:
        raise refusal(retry_after=max(1, round(seconds - now % seconds + 0.5)))
