"""Picks the TCP ports. Only pages, sockets and the stand-in have one; PostgreSQL and Valkey listen on none."""

import socket

HOST = "127.0.0.1"


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    with socket.socket() as probe:  # somebody may listen on every address: bind succeeds, we would shadow them
        probe.settimeout(0.2)
        return probe.connect_ex((HOST, port)) != 0


def pick(wanted: int, taken: set[int]) -> int:
    """`wanted`, or the next free port above it; never one in `taken`, which it adds to."""
    port = next(candidate for candidate in range(wanted, 65_535) if candidate not in taken and is_free(candidate))
    taken.add(port)
    return port
