"""What a durable commit costs by itself: one row of one column, no constraint, bound for the disk."""

from collections.abc import Callable

from tests.bench.raw import connect


def one_row() -> Callable[[], int]:
    client = connect("mooring_owner")
    client.execute("CREATE TABLE IF NOT EXISTS bench_one (value int)")

    def work() -> int:
        for _ in range(50):
            client.execute("INSERT INTO bench_one VALUES (1)", prepare=True)
        return 50

    return work
