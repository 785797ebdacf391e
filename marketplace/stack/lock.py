"""One stack a data folder: a second start is refused in one line."""

import fcntl
import os
from pathlib import Path
from typing import IO

from marketplace.stack.errors import StackError


def hold(var: Path) -> IO[str]:
    """Take the folder's lock for the life of this process (the kernel frees it, however the process ends)."""
    var.mkdir(parents=True, exist_ok=True)
    handle = (var / "stack.lock").open("a+")
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        handle.seek(0)
        running = handle.read().strip()
        raise StackError(
            f"Mooring is already running here{f' at {running}' if running else ''}. Stop it first."
        ) from None
    os.set_inheritable(handle.fileno(), False)
    return handle


def announce(handle: IO[str], address: str) -> None:
    """Leave the address in the lock file, for the line that refuses the next start."""
    handle.seek(0)
    handle.truncate()
    handle.write(address)
    handle.flush()
