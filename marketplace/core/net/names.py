"""A host's addresses, within a time: the system's resolver has none of its own."""

import queue
import socket
import threading


class UnknownHost(OSError):
    """The name has no address, or the resolver did not answer in time."""


def resolve(host: str, port: int, seconds: float) -> list[str]:
    """The IP addresses of a host, each once, in the resolver's order. Raises UnknownHost."""
    answers: queue.Queue[list[str]] = queue.Queue(maxsize=1)
    threading.Thread(target=_ask, args=(host, port, answers), daemon=True).start()
    try:
        found = answers.get(timeout=seconds)
    except queue.Empty:
        found = []
    if not found:
        raise UnknownHost(host)
    return found


def _ask(host: str, port: int, answers: queue.Queue[list[str]]) -> None:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        answers.put([])
    else:
        answers.put(list(dict.fromkeys(str(place[4][0]) for place in found)))
