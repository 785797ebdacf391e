"""A child process that stays in the foreground of its parent: it dies when the parent does, however that happens."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def _die_with_parent(death_signal: int) -> Callable[[], None]:
    """For `preexec_fn`. It runs after the change of user, which would clear the death signal.

    The kernel fires it when the *thread* that spawned the child ends: spawn from the main thread only.
    """
    parent = os.getpid()

    def prepare() -> None:
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, death_signal, 0, 0, 0)
        if os.getppid() != parent:  # the parent died before the signal was armed
            os._exit(1)

    return prepare


@dataclass
class Child:
    """One supervised program, its log and how it likes to be stopped."""

    name: str
    argv: Sequence[str | Path]
    log: Path
    env: dict[str, str] | None = None
    cwd: Path | None = None
    user: tuple[int, int] | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    # What the kernel sends when the supervisor is killed: at once and for good, nobody is left to wait.
    death_signal: signal.Signals = signal.SIGTERM
    patience: float = 15.0
    process: subprocess.Popen | None = field(default=None, init=False)
    started_at: float = field(default=0.0, init=False)

    def start(self) -> None:
        self.log.parent.mkdir(parents=True, exist_ok=True)
        as_user = {"user": self.user[0], "group": self.user[1], "extra_groups": []} if self.user else {}
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in self.argv],
                stdout=log,
                stderr=log,
                stdin=subprocess.DEVNULL,
                env=self.env,
                cwd=self.cwd,
                start_new_session=True,  # Ctrl-C reaches the supervisor alone, which stops children in order
                preexec_fn=_die_with_parent(self.death_signal),
                **as_user,
            )
        self.started_at = time.monotonic()

    @property
    def running(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def stop(self) -> None:
        """Ask, wait `patience` seconds, then kill the whole process group."""
        if self.process is None:
            return
        if self.process.poll() is None:
            self.process.send_signal(self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(self.patience)
        self._kill_group()
        self.process.wait()

    def _kill_group(self) -> None:
        """Grandchildren (a worker's pool, a server's workers) share the session; none may be left."""
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def log_tail(self, lines: int = 12) -> str:
        try:
            return "\n".join(self.log.read_text(errors="replace").splitlines()[-lines:])
        except OSError:
            return ""
