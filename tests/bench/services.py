"""A durable PostgreSQL and a Valkey for the run."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import django

from marketplace.stack.data_services import DataServices
from marketplace.stack.paths import ROOT, postgres_url
from marketplace.stack.postgres import OWNER_ROLE


@contextmanager
def services(var: Path) -> Iterator[None]:
    """A durable cluster of its own, migrated; and a database for each peer's tables. Gone afterwards."""
    var.chmod(0o755)
    stack = DataServices(var)
    try:
        stack.start()
        stack.postgres.bootstrap({"hordak": OWNER_ROLE, "oscar": OWNER_ROLE})
        os.environ |= stack.environment()
        os.environ["HORDAK_DATABASE_URL"] = postgres_url(stack.sockets, role=OWNER_ROLE, database="hordak")
        subprocess.run([sys.executable, "manage.py", "migrate", "--no-input", "-v0"], cwd=ROOT, check=True)
        django.setup()
        yield
    finally:
        stack.stop()
        shutil.rmtree(var, ignore_errors=True)
