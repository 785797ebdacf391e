"""Pytest plugin: which worker of pytest-xdist runs what, and the longest first.

A file goes to one worker, so that what its tests share (a world, a market, a database) is made once. Files that share
more than that (the stack and the browser, walks that must not be disturbed) go together. `xdist_group` would say the
same, but pytest-xdist 3.8 writes the group into a place from which pytest 9.2 no longer reads a test's id.
"""

import pytest
from xdist.scheduler import LoadScopeScheduling

# In this order; everything else follows, in the order that pytest-randomly gave it. What takes minutes must not begin
# when the other worker has nothing left to do.
TOGETHER = {
    "tests/e2e/test_chaos.py": "stacks of their own",
    "tests/e2e/test_start_and_stop.py": "stacks of their own",
    "tests/e2e/": "browser",
    "tests/db/payments/test_every_step_killed.py": "killed",
    "tests/db/payments/test_every_stripe_call_killed.py": "killed at Stripe",
    "tests/db/contracts/test_every_step_killed.py": "killed deals",
    "tests/db/bank_rail/": "by hand",
    "tests/api/test_schema_holds.py": "schema",
    "tests/db/contracts/test_timer_edges.py": "clocks",
    "tests/db/contracts/test_storm.py": "storm",
    "tests/db/payments/test_money_machine.py": "money machine",
    "tests/db/web/": "demo and bench data",
    "tests/web/test_admin.py": "admin",
    "tests/web/test_permission_matrix.py": "who gets what",
    "tests/db/payments/test_payouts.py": "payouts",
}
FIRST = [
    "browser",
    "stacks of their own",
    "killed",
    "killed deals",
    "killed at Stripe",
    "schema",
    "clocks",
    "demo and bench data",
    "storm",
    "money machine",
    "by hand",
    "who gets what",
    "admin",
    "payouts",
]


def unit_of(nodeid: str) -> str:
    """What goes to one worker: a name of `FIRST`, or the file itself."""
    file = nodeid.partition("::")[0]
    return next((unit for start, unit in TOGETHER.items() if file.startswith(start)), file)


class Units(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return unit_of(nodeid)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Units:
    config.option.loadscopereorder = False  # it counts tests; these were ordered by how long they take
    return Units(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: rank(item.nodeid))


def rank(nodeid: str) -> int:
    unit = unit_of(nodeid)
    return FIRST.index(unit) if unit in FIRST else len(FIRST)
