"""The programs of Mooring itself: pages, sockets, worker, beat and, without provider keys, the test bank."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from marketplace.stack import ports
from marketplace.stack.paths import ROOT
from marketplace.stack.processes import Child


@dataclass(frozen=True)
class Ports:
    pages: int
    sockets: int
    bank: int

    @classmethod
    def pick(cls, wanted: int) -> "Ports":
        taken: set[int] = set()
        return cls(
            pages=ports.pick(wanted, taken), sockets=ports.pick(wanted + 1, taken), bank=ports.pick(wanted + 2, taken)
        )


@dataclass(frozen=True)
class Programs:
    """How each program is started; all of them share one environment."""

    var: Path
    ports: Ports
    env: dict[str, str]
    with_bank: bool

    def first(self) -> list[Child]:
        """What a person waits for; the rest would only compete with it for the cores."""
        return [self.pages()]

    def then(self) -> list[Child]:
        bank = [self.bank()] if self.with_bank else []
        return [*bank, self.sockets(), self.worker(), self.beat()]

    def pages(self) -> Child:
        """Synchronous pages belong on WSGI: four times the same views under ASGI."""
        return self._child("pages", *self._granian("marketplace.wsgi:application", self.ports.pages, threads=8))

    def sockets(self) -> Child:
        return self._child(
            "sockets",
            *self._module("uvicorn"),
            "marketplace.asgi:application",
            *("--host", ports.HOST, "--port", str(self.ports.sockets)),
            *("--ws", "wsproto", "--ws-per-message-deflate", "false", "--log-level", "warning"),
            "--no-access-log",
            DATABASE_POOL="true",
        )

    def worker(self) -> Child:
        concurrency = str(min(4, os.cpu_count() or 2))
        return self._child(
            "worker", *self._celery("worker"), "--concurrency", concurrency, "--without-gossip", "--without-mingle"
        )

    def beat(self) -> Child:
        return self._child("beat", *self._celery("beat"), "--schedule", str(self.var / "beat-schedule"))

    def story(self) -> Child:
        """Ends by itself: the ninety days behind the demo, told while the first pages are already read."""
        return self._child("demo", "nice", sys.executable, ROOT / "manage.py", "demo")

    def bank(self) -> Child:
        target = "marketplace.payments.standin.wsgi:application"
        return self._child("bank", *self._granian(target, self.ports.bank, threads=32))

    def _granian(self, target: str, port: int, threads: int) -> list[str]:
        return [
            *self._module("granian"),
            *("--interface", "wsgi", "--host", ports.HOST, "--port", str(port)),
            *("--workers", "1", "--blocking-threads", str(threads), "--log-level", "error", "--no-ws"),
            "--respawn-failed-workers",
            target,
        ]

    def _celery(self, command: str) -> list[str]:
        return [*self._module("celery"), "-A", "marketplace.celery", command, "--loglevel", "warning"]

    def _module(self, name: str) -> list[str]:
        return [sys.executable, "-m", name]

    def _child(self, name: str, *argv: str | Path, **env: str) -> Child:
        return Child(name=name, argv=argv, log=self.var / f"log/{name}.log", env=self.env | env, cwd=ROOT)
