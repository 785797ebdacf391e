"""The whole of Mooring as a stranger starts it: `manage.py up`, on free ports, in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from marketplace.stack import ports
from marketplace.stack.paths import ROOT
from tests.support.scratch import scratch_folder

SERVICES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL", "STANDIN_DATABASE_URL", "MOORING_TEST_SOCKETS")


class Stack:
    """`start`, `stop`, `kill`; and where things are."""

    def __init__(self, port: int, dialect: str = "") -> None:
        self.var = scratch_folder("mooring-stack-")
        self.port, self.dialect = ports.pick(port, set()), dialect
        self.process: subprocess.Popen | None = None

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    def environment(self) -> dict[str, str]:
        clean = {key: value for key, value in os.environ.items() if key not in SERVICES}
        return clean | {
            "MOORING_BANK": self.dialect,
            "MOORING_DEMO": "people",
            "MOORING_VAR": str(self.var),
            "DJANGO_SETTINGS_MODULE": "marketplace.settings.dev",
        }

    def start(self, patience: float = 90) -> float:
        """Returns the seconds until the first page answered."""
        started = time.monotonic()
        with (self.var / "up.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up", "--port", str(self.port)],
                cwd=ROOT,
                env=self.environment(),
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        while not self.answers():
            if self.process.poll() is not None or time.monotonic() - started > patience:
                raise RuntimeError((self.var / "up.log").read_text()[-2000:])
            time.sleep(0.1)
        return time.monotonic() - started

    def answers(self, path: str = "/livez") -> bool:
        try:
            return httpx.get(f"{self.url}{path}", timeout=2, trust_env=False).status_code == 200
        except httpx.HTTPError:
            return False

    def wait_for(self, path: str, patience: float = 30) -> float:
        started = time.monotonic()
        while not self.answers(path):
            if time.monotonic() - started > patience:
                raise RuntimeError(f"{path} did not come back")
            time.sleep(0.05)
        return time.monotonic() - started

    def wait_for_sockets(self, patience: float = 30) -> None:
        """Until the live part takes connections, so that no page finds nobody there."""
        deadline = time.monotonic() + patience
        while True:
            try:
                socket.create_connection(("localhost", self.port + 1), timeout=1).close()
                return
            except OSError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.05)

    def stop(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(60)

    def pids(self, *names: str) -> list[int]:
        """Processes of this stack, told by environment, command line or log; `names` narrows by command line."""
        found = []
        marker = f"MOORING_VAR={self.var}".encode()
        for folder in Path("/proc").iterdir():
            if not folder.name.isdigit():
                continue
            try:
                command = (folder / "cmdline").read_bytes().replace(b"\0", b" ")
                ours = marker in (folder / "environ").read_bytes() or str(self.var).encode() in command
                # A program that renames itself writes over its environment, but goes on writing to its log.
                ours = ours or (folder / "fd/2").readlink().is_relative_to(self.var)
            except OSError:
                continue
            if ours and command and (not names or any(name.encode() in command for name in names)):
                found.append(int(folder.name))
        return found

    def kill(self, *names: str) -> int:
        """kill -9; returns how many processes were hit."""
        hit = 0
        for pid in self.pids(*names):
            try:
                os.kill(pid, signal.SIGKILL)
                hit += 1
            except ProcessLookupError:
                continue
        return hit

    def manage(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT,
            env=self.environment(),
            capture_output=True,
            text=True,
            check=False,
        )


@pytest.fixture(scope="session")
def stack() -> Iterator[Stack]:
    """One running Mooring for the whole session."""
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    running = Stack(19_000 + 50 * worker)
    running.start()
    running.wait_for_sockets()
    yield running
    running.stop()
