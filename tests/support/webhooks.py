"""A receiver of webhooks: keeps what came, and answers as it is told."""

import hashlib
import hmac
import json
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest


@dataclass
class Hook:
    """One webhook as it arrived."""

    body: bytes
    signature: str

    @property
    def event(self) -> dict:
        return json.loads(self.body)

    @property
    def timestamp(self) -> int:
        return int(self.signature.split(",")[0].removeprefix("t="))

    def signed_with(self, secret: str) -> bool:
        """Verified here from the documentation alone, without the bank's code."""
        expected = hmac.new(secret.encode(), f"{self.timestamp}.".encode() + self.body, hashlib.sha256).hexdigest()
        return f"v1={expected}" in self.signature.split(",")[1:]


@dataclass
class Receiver:
    """`answers` are used up first, then `status` for all that follow."""

    url: str = ""
    status: int = 200
    answers: list[int] = field(default_factory=list)
    hooks: list[Hook] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, hook: Hook) -> int:
        with self.lock:
            self.hooks.append(hook)
            return self.answers.pop(0) if self.answers else self.status

    def types(self) -> list[str]:
        return [hook.event["type"] for hook in list(self.hooks)]

    def wait_for(self, event_type: str, times: int = 1, within: float = 10.0) -> list[Hook]:
        """The first `times` webhooks of this type, as soon as they are there."""
        deadline = time.monotonic() + within
        while True:
            found = [hook for hook in list(self.hooks) if hook.event["type"] == event_type]
            if len(found) >= times:
                return found
            assert time.monotonic() < deadline, f"{len(found)} of {times} {event_type} came; all: {self.types()}"
            time.sleep(0.02)


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """A webhook receiver on a free port."""
    inbox = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(
                inbox.take(Hook(body, self.headers["Mooring-Bank-Signature"] or self.headers["Stripe-Signature"]))
            )
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    inbox.url = f"http://127.0.0.1:{server.server_port}/hook"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield inbox
    server.shutdown()
    thread.join()
    server.server_close()
