"""`make bench`: ratios against named peers, measured side by side in one run. Never a timed test.

Ledger: our service function beside psycopg calling the same SQL function, beside set-based SQL without our function
(same constraints, arrays ready), beside django-hordak on the same PostgreSQL. Durable settings (fsync on).
"""

import os
import statistics
import sys
import tempfile
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
os.environ["MOORING_VAR"] = tempfile.mkdtemp(prefix="mooring-bench-")

from tests.bench import runner

GOALS = {
    "single / psycopg calling the same function": 0.80,
    "single / hordak": 5.0,
    "batch of 1000 / set-based SQL": 0.70,
    "batch of 1000 / hordak": 40.0,
    "hot accounts / uniform": 0.60,
}


def main() -> None:
    rounds = int(os.environ.get("BENCH_ROUNDS", "3"))
    measured: dict[str, list[float]] = {}
    with runner.services(Path(os.environ["MOORING_VAR"])):
        for number in range(rounds):
            for name, rate in runner.one_round(number).items():
                measured.setdefault(name, []).append(rate)
    median = {name: statistics.median(rates) for name, rates in measured.items()}
    print("\nTransfers per second (median, min to max of the rounds):")
    for name, rates in measured.items():
        print(f"  {name:<40} {median[name]:>10,.0f}   {min(rates):,.0f} to {max(rates):,.0f}")
    ratios = {
        "single / psycopg calling the same function": median["ours, single"] / median["psycopg, same function"],
        "single / hordak": median["ours, single"] / median["hordak"],
        "batch of 1000 / set-based SQL": median["ours, batch of 1000"] / median["set-based SQL, 1000"],
        "batch of 1000 / hordak": median["ours, batch of 1000"] / median["hordak"],
        "hot accounts / uniform": median["ours, single, 10 hot accounts"] / median["ours, single"],
    }
    print("\nRatios:")
    failed = False
    for name, ratio in ratios.items():
        goal = GOALS[name]
        verdict = "met" if ratio >= goal else "NOT MET"
        failed |= ratio < 0.8 * goal
        print(f"  {name:<46} {ratio:>7.2f}   goal {goal:g}: {verdict}")
    sys.exit(failed)


main()
