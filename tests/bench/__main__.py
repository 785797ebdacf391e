"""`make bench`: ratios against named peers, measured side by side in one run. Never a timed test.

Ledger: our service function beside psycopg calling the same SQL function, beside set-based SQL without our function
(same constraints, arrays ready), beside django-hordak on the same PostgreSQL. Durable settings (fsync on). In one
process they turn about; in processes of their own, one and eight of each, they follow one another.
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
os.environ["MOORING_VAR"] = tempfile.mkdtemp(prefix="mooring-bench-")

from tests.bench import runner

# name: over, under, goal
RATIOS = {
    "single / psycopg calling the same function": ("ours, single", "psycopg, same function", 0.80),
    "single / hordak, 1 process": ("ours, 1 of its own", "hordak, 1 of its own", 5.0),
    "single / hordak, 8 processes": ("ours, 8 of its own", "hordak, 8 of its own", 5.0),
    "single / psycopg, 8 processes": ("ours, 8 of its own", "psycopg, 8 of its own", 0.80),
    "batch of 1000 / set-based SQL": ("ours, batch of 1000", "set-based SQL, 1000", 0.70),
    "batch of 1000 / hordak, 1 process": ("ours, batch of 1000", "hordak, 1 of its own", 40.0),
    "hot accounts / uniform": ("ours, single, 10 hot accounts", "ours, single", 0.60),
}


def main() -> None:
    rounds = int(os.environ.get("BENCH_ROUNDS", "3"))
    measured: dict[str, list[float]] = {}
    with runner.services(Path(os.environ["MOORING_VAR"])):
        for _ in range(rounds):
            for name, rate in runner.one_round().items():
                measured.setdefault(name, []).append(rate)
    median = {name: statistics.median(rates) for name, rates in measured.items()}
    print("\nTransfers per second (median, min to max of the rounds):")
    for name, rates in measured.items():
        print(f"  {name:<44} {median[name]:>10,.0f}   {min(rates):,.0f} to {max(rates):,.0f}")
    print("\nRatios:")
    failed = False
    for name, (over, under, goal) in RATIOS.items():
        ratio = median[over] / median[under]
        verdict = "met" if ratio >= goal else "NOT MET"
        failed |= ratio < 0.8 * goal
        print(f"  {name:<46} {ratio:>7.2f}   goal {goal:g}: {verdict}")
    sys.exit(failed)


main()
