"""The embedded Valkey: unix socket only, append-only file, never evicts (it is a broker, not only a cache)."""

import socket
import time
from dataclasses import dataclass
from pathlib import Path

from marketplace.stack import binaries
from marketplace.stack.errors import StackError
from marketplace.stack.processes import Child

START_TIMEOUT = 20.0


@dataclass
class Valkey:
    var: Path
    sockets: Path
    throwaway: bool = False

    @property
    def socket(self) -> Path:
        return self.sockets / "valkey.sock"

    def child(self) -> Child:
        data = self.var / "valkey"
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        options = {
            "--port": "0",
            "--unixsocket": self.socket,
            "--unixsocketperm": "700",
            "--dir": data,
            "--appendonly": "no" if self.throwaway else "yes",
            "--save": "",
            "--maxmemory-policy": "noeviction",
        }
        argv = [binaries.valkey_server(), *(part for pair in options.items() for part in pair)]
        return Child(name="valkey", argv=argv, log=self.var / "log/valkey.log")

    def wait_until_ready(self, child: Child) -> None:
        deadline = time.monotonic() + START_TIMEOUT
        while time.monotonic() < deadline:
            if self.ready():
                return
            if not child.running:
                raise StackError(f"Valkey stopped while starting:\n{child.log_tail()}")
            time.sleep(0.05)
        raise StackError(f"Valkey did not answer within {START_TIMEOUT:.0f} s:\n{child.log_tail()}")

    def ready(self) -> bool:
        try:
            with socket.socket(socket.AF_UNIX) as client:
                client.settimeout(1)
                client.connect(str(self.socket))
                client.sendall(b"PING\r\n")
                return client.recv(16).startswith(b"+PONG")
        except OSError:
            return False
