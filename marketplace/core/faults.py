"""Named points at every commit and every outside call, where the fault tests pull the plug.

In production `reach` is an empty function call. A fault test installs a hook that raises, or kills the process.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

_hook: Callable[[str], None] | None = None


def reach(point: str) -> None:
    """The program has come to `point` (`commit:top_up:before`, `call:checkout.create:after`)."""
    if _hook is not None:
        _hook(point)


@contextmanager
def installed(hook: Callable[[str], None]) -> Iterator[None]:
    global _hook
    previous, _hook = _hook, hook
    try:
        yield
    finally:
        _hook = previous
