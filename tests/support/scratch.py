"""Where throwaway databases live: in memory where there is room, for each test that commits copies a thousand files."""

import os
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # a fresh folder of our own is made in it
NEEDED_BYTES = 4 * 2**30


def scratch_folder(prefix: str) -> Path:
    """A new folder that others may enter: as root, PostgreSQL is run by `nobody`."""
    folder = Path(tempfile.mkdtemp(prefix=prefix, dir=MEMORY if has_room() else None))
    folder.chmod(0o755)
    return folder


def has_room() -> bool:
    if not os.access(MEMORY, os.W_OK | os.X_OK):
        return False
    there = os.statvfs(MEMORY)
    return there.f_bavail * there.f_frsize >= NEEDED_BYTES and memory_available() >= NEEDED_BYTES


def memory_available() -> int:
    """Bytes that can be had without swapping."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) * 1024 for line in lines if line.startswith("MemAvailable:"))
