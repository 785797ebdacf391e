"""A running stack with somebody of every kind and something of everything in it, and who sees which page there.

Run as `python -m tests.support.pages.harbour short|long`, in the stack's environment; prints a `Harbour` as JSON.
"""

import itertools
import json
import subprocess
import sys
from dataclasses import asdict, dataclass, field

import django

from marketplace.stack.paths import ROOT
from tests.support.chaos import environment
from tests.support.stack import Stack


@dataclass(frozen=True)
class Visit:
    """One page as one person: its name, who goes, where; whether axe goes through it, too."""

    name: str
    who: str
    path: str
    status: int = 200
    searched: bool = True


@dataclass
class Harbour:
    """Session cookies by person, each page that each sees, names without a page, faults as answered, a checkout."""

    cookies: dict[str, str] = field(default_factory=dict)
    visits: list[Visit] = field(default_factory=list)
    unseen: list[str] = field(default_factory=list)
    wrecks: list[dict] = field(default_factory=list)
    checkout: str = ""


def harbour_in(stack: Stack, chosen: str) -> Harbour:
    """`chosen`: "short" for the short round, "long" for the long one."""
    result = subprocess.run(
        [sys.executable, "-m", "tests.support.pages.harbour", chosen],
        cwd=ROOT,
        env=environment(stack),
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr[-4000:]
    found = Harbour(**json.loads(result.stdout))
    found.visits = [Visit(**visit) for visit in found.visits]
    return found


def fill(chosen: str) -> Harbour:
    from tests.factories import people as factory
    from tests.factories.world import make_world
    from tests.support.pages import cargo, people
    from tests.support.pages.discover import discover
    from tests.support.pages.rounds import LongRound, ShortRound
    from tests.support.pages.wrecks import wrecks

    factory._numbers = itertools.count(9_000)  # other tests may have made people in the same stack
    world = make_world()
    people.complete(world)
    cargo.load(world)
    clients = people.browsers(world)
    known = {who: client.cookies.get("sessionid") for who, client in clients.items()}
    cookies = {who: cookie.value for who, cookie in known.items() if cookie}
    visits, unseen = discover(clients, world.ids, {"short": ShortRound, "long": LongRound}[chosen]())
    return Harbour(cookies, visits, unseen, list(wrecks(clients)), world.ids["checkout"])


if __name__ == "__main__":
    django.setup()
    # As its name is imported, and not as `__main__`: the others make its visits.
    from tests.support.pages import harbour

    sys.stdout.write(json.dumps(asdict(harbour.fill(sys.argv[1]))))
