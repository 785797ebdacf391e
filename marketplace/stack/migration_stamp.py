"""Lets a warm start skip `migrate`: the migrations on disk are those that this database has already had."""

import hashlib
from pathlib import Path

from marketplace.stack.paths import ROOT

PACKAGES = ("marketplace", "brands", "creators", "supply")


def fingerprint(database_url: str) -> str:
    """Of every migration's content, every model's rights, the locked libraries (theirs bring migrations too), and
    the database that they went into."""
    digest = hashlib.sha256(database_url.encode())
    files = [ROOT / "requirements.txt", ROOT / "marketplace/core/database_roles.py"]
    for package in PACKAGES:
        files += sorted((ROOT / package).glob("**/migrations/*.*"))
        files += sorted((ROOT / package).glob("**/models/*.py"))
    for file in files:
        if file.is_file() and file.suffix in {".py", ".sql", ".txt"}:
            digest.update(str(file.relative_to(ROOT)).encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()


class MigrationStamp:
    """`var/migrated`, written when `prepare` has succeeded."""

    def __init__(self, var: Path, database_url: str) -> None:
        self.file = var / "migrated"
        self.now = fingerprint(database_url)

    @property
    def fits(self) -> bool:
        return self.file.exists() and self.file.read_text() == self.now

    def set(self) -> None:
        self.file.write_text(self.now)
