"""The SDK's HTTP client, which also remembers whether a call may have arrived: each call has up to three tries."""

import threading
from collections.abc import Mapping
from typing import Any

import requests
import stripe
from urllib3.exceptions import MaxRetryError, NewConnectionError

PATIENCE = (3.0, 8.0)  # seconds to connect, and without a byte of the answer


class Wire(stripe.RequestsClient):
    """One connection pool a thread, as the SDK keeps it; `may_have_arrived` speaks of the thread's last call."""

    def __init__(self, timeout: tuple[float, float] = PATIENCE) -> None:
        super().__init__(timeout=timeout)
        self._last = threading.local()

    def begin(self) -> None:
        """A call with all its tries begins."""
        self._last.may_have_arrived = False

    @property
    def may_have_arrived(self) -> bool:
        """Whether any try may have been read and acted upon: all but a connection that never stood."""
        return getattr(self._last, "may_have_arrived", True)

    def request(
        self, method: str, url: str, headers: Mapping[str, str] | None, post_data: Any = None
    ) -> tuple[Any, int, Mapping[str, str]]:
        try:
            answer = super().request(method, url, headers, post_data)
        except stripe.APIConnectionError as error:
            if not never_stood(error.__cause__):
                self._last.may_have_arrived = True
            raise
        self._last.may_have_arrived = True
        return answer


def never_stood(cause: BaseException | None) -> bool:
    """Whether the connection was never made, so that nothing was sent."""
    if isinstance(cause, requests.exceptions.ConnectTimeout):
        return True
    inner = cause.args[0] if isinstance(cause, requests.exceptions.ConnectionError) and cause.args else None
    return isinstance(inner, MaxRetryError) and isinstance(inner.reason, NewConnectionError)
