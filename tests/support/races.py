"""Real threads, each with its own connection, let go at the same moment."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import connections


def race(*functions: Callable[[], Any]) -> list[Any]:
    """Run every function in a thread of its own, together. Returns results or the exceptions they ended with."""
    barrier = threading.Barrier(len(functions))
    results: list[Any] = [None] * len(functions)

    def run(index: int, function: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            results[index] = function()
        except Exception as error:
            results[index] = error
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run, args=item) for item in enumerate(functions)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results
