"""PostgreSQL and Valkey together: what `make run` and the tests both stand on."""

import os
from dataclasses import dataclass, field
from pathlib import Path

from marketplace.stack import paths
from marketplace.stack.postgres import APP_ROLE, BANK_ROLE, OWNER_ROLE, Postgres
from marketplace.stack.processes import Child
from marketplace.stack.valkey import Valkey

DATABASE = "mooring"
BANK_DATABASE = "mooring_bank"


@dataclass
class DataServices:
    """Starts whichever of the two is not replaced by DATABASE_URL or REDIS_URL."""

    var: Path
    throwaway: bool = False
    children: list[Child] = field(default_factory=list, init=False)

    def __post_init__(self) -> None:
        sockets = paths.socket_dir(self.var)
        self.postgres = None if os.environ.get("DATABASE_URL") else Postgres(self.var, sockets, self.throwaway)
        self.valkey = None if os.environ.get("REDIS_URL") else Valkey(self.var, sockets, self.throwaway)
        self.sockets = sockets

    def start(self) -> None:
        waits = []
        if self.postgres:
            self.postgres.prepare()
        else:
            self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        for service in (self.postgres, self.valkey):
            if service:
                child = service.child()
                child.start()
                self.children.append(child)
                waits.append((service, child))
        for service, child in waits:
            service.wait_until_ready(child)
        if self.postgres:
            self.postgres.bootstrap({DATABASE: OWNER_ROLE, BANK_DATABASE: BANK_ROLE})

    def environment(self) -> dict[str, str]:
        """What the programs need to find these services."""
        found = {}
        if self.postgres:
            for name, role, database in (
                ("DATABASE_URL", APP_ROLE, DATABASE),
                ("DATABASE_OWNER_URL", OWNER_ROLE, DATABASE),
                ("STANDIN_DATABASE_URL", BANK_ROLE, BANK_DATABASE),
            ):
                found[name] = paths.postgres_url(self.sockets, role=role, database=database)
        if self.valkey:
            found["REDIS_URL"] = paths.valkey_url(self.sockets)
        return found

    def stop(self) -> None:
        for child in reversed(self.children):
            child.stop()
