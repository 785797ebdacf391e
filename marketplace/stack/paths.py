"""Where the embedded services keep their data, sockets and logs.

Pure path arithmetic, imported by settings too: a `manage.py shell` beside a running `make run` finds the same
sockets without being told.
"""

import hashlib
import os
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOCKET_PATH_LIMIT = 100  # the kernel's sun_path holds 107 bytes; the longest name we append is ".s.PGSQL.5432"


def var_dir() -> Path:
    """The one folder that a run writes to; `MOORING_VAR` moves it (tests use a throwaway)."""
    return Path(os.environ.get("MOORING_VAR") or ROOT / "var")


def short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:12]


def socket_dir(var: Path) -> Path:
    """Folder of the unix sockets: inside `var`, or in the temporary directory when that path would be too long.

    As root, PostgreSQL runs as `nobody`, who may be unable to traverse to `var`; then the sockets move too.
    """
    run = var.resolve() / "run"
    too_long = len(str(run / ".s.PGSQL.5432")) > SOCKET_PATH_LIMIT
    if too_long or not reachable_by_nobody(var):
        return Path(tempfile.gettempdir()) / f"mooring-{short_hash(var.resolve())}"
    return run


def reachable_by_nobody(folder: Path) -> bool:
    """Whether an unprivileged user can traverse to `folder`. Always true when we are that user ourselves."""
    if os.geteuid() != 0:
        return True
    existing = folder.resolve()
    while not existing.exists():
        existing = existing.parent
    return all(parent.stat().st_mode & 0o001 for parent in (existing, *existing.parents))


def postgres_url(sockets: Path, *, role: str, database: str) -> str:
    return f"postgres://{role}@{str(sockets).replace('/', '%2F')}/{database}"


def valkey_url(sockets: Path) -> str:
    return f"unix://{sockets}/valkey.sock"
