"""One payout run of everybody who has money ready, in a process of its own; says how long it took and what memory it
needed above what the process had when it began."""

import json
import re
import time
from pathlib import Path

import django

django.setup()

from django.db import connection  # noqa: E402
from django.test import override_settings  # noqa: E402

from marketplace.payments.flows.pay_out import carry_out  # noqa: E402
from marketplace.payments.flows.submit import SYSTEM  # noqa: E402
from marketplace.payments.models import PayoutRunMember  # noqa: E402
from marketplace.payments.services.payout_runs import plan_payout_run  # noqa: E402

KB = 1024


def height() -> float:
    """The most that it ever had, in MB. (`ru_maxrss` begins with what its parent had.)"""
    status = Path("/proc/self/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / KB


connection.ensure_connection()
before, started = height(), time.perf_counter()
with override_settings(PAYOUT_RUN_ALONE_MINOR={"CNY": 10**15}):
    run = plan_payout_run(actor=SYSTEM)
planned = time.perf_counter()
while carry_out(run.public_id):
    pass
posted = time.perf_counter()
measured = {
    "planning": planned - started,
    "posting": posted - planned,
    "height": height() - before,
    "posted": PayoutRunMember.objects.filter(run=run, outcome="posted").count(),
}
print(json.dumps(measured))
