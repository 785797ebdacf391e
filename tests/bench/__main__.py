"""`make bench`: ratios against named peers, measured side by side in one run. Never a timed test.

BENCH_ROUNDS (3), BENCH_SECONDS (2, a peer of the ledger), BENCH_ROWS (1000000, of the large market), BENCH_PAYEES
(100000, of the payout run), BENCH_SOCKETS (500 1000 2000), BENCH_SUITES (all; some of
`ledger settlement payout_run rooms market blocks page`).
"""

import importlib
import os
import sys
import tempfile
from pathlib import Path

os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.settings.test"
os.environ["MOORING_VAR"] = tempfile.mkdtemp(prefix="mooring-bench-")

from tests.bench.services import services

SUITES = ("ledger", "settlement", "payout_run", "rooms", "market", "blocks", "page")


def main() -> None:
    rounds = int(os.environ.get("BENCH_ROUNDS", "3"))
    with services(Path(os.environ["MOORING_VAR"])):
        chosen = os.environ.get("BENCH_SUITES", " ".join(SUITES)).split()
        # Imported when Django is set up: the suites use our own code.
        results = [importlib.import_module(f"tests.bench.{name}").SUITE.run(rounds) for name in chosen]
    sys.exit(not all(results))


main()
