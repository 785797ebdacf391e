"""Our service function beside psycopg calling the same SQL function, beside set-based SQL without our function (same
constraints, arrays ready), beside django-hordak on the same PostgreSQL. Durable settings (fsync on). In one process
they turn about; in processes of their own, one and eight of each, they follow one another.
"""

from tests.bench import limit, ours, raw
from tests.bench.fleet import fleet
from tests.bench.report import AtLeast, Suite
from tests.bench.turns import take_turns

BATCH = 1_000
GOALS = {
    "single / psycopg calling the same function": AtLeast(0.80, "ours, single", "psycopg, same function"),
    "single / hordak, 1 process": AtLeast(5.0, "ours, 1 of its own", "hordak, 1 of its own"),
    "single / hordak, 8 processes": AtLeast(5.0, "ours, 8 of its own", "hordak, 8 of its own"),
    "single / psycopg, 8 processes": AtLeast(0.80, "ours, 8 of its own", "psycopg, 8 of its own"),
    "batch of 1000 / set-based SQL": AtLeast(0.70, "ours, batch of 1000", "set-based SQL, 1000"),
    "batch of 1000 / hordak, 1 process": AtLeast(40.0, "ours, batch of 1000", "hordak, 1 of its own"),
    "hot accounts / uniform": AtLeast(0.60, "ours, single, 10 hot accounts", "ours, single"),
}


def one_round() -> dict[str, float]:
    """Every peer once."""
    ours.open_accounts()
    measured = take_turns(
        {
            "ours, single": ours.single(),
            "psycopg, same function": raw.same_function(),
            "psycopg, the same between BEGIN and COMMIT": raw.same_function_in_transaction(),
            "one row inserted and committed": limit.one_row(),
            "ours, single, 10 hot accounts": ours.single(accounts=10),
            "ours, batch of 1000": ours.batch(BATCH),
            "set-based SQL, 1000": raw.set_based(BATCH),
        }
    )
    for processes in (1, 8):
        for name, peer in (("ours", "ours_peer"), ("psycopg", "psycopg_peer"), ("hordak", "hordak_peer")):
            measured[f"{name}, {processes} of its own"] = fleet(peer, processes)
    return measured


SUITE = Suite("Ledger, transfers per second", one_round, GOALS)
