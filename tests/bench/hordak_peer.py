"""django-hordak's own `transfer_to` in `atomic()`, one process."""

import os
import time

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import transaction  # noqa: E402
from hordak.models import Account, AccountType  # noqa: E402
from moneyed import Money  # noqa: E402

from tests.bench.runner import pair  # noqa: E402

ACCOUNTS = 1_000


def main() -> None:
    call_command("migrate", "--no-input", "-v0")
    accounts = list(Account.objects.order_by("id")[:ACCOUNTS])
    while len(accounts) < ACCOUNTS:
        number = len(accounts)
        accounts.append(
            Account.objects.create(name=f"bench {number}", code=str(number), type=AccountType.asset, currencies=["EUR"])
        )
    done, seconds, started = 0, float(os.environ["BENCH_SECONDS"]), time.perf_counter()
    while time.perf_counter() - started < seconds:
        source, destination = pair(ACCOUNTS)
        with transaction.atomic():
            accounts[source].transfer_to(accounts[destination], Money("0.01", "EUR"))
        done += 1
    print(done / (time.perf_counter() - started))


main()
