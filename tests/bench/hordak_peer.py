"""django-hordak's own `transfer_to` in `atomic()`, in a process of its own: it is another Django project."""

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from hordak.models import Account, AccountType  # noqa: E402
from moneyed import Money  # noqa: E402

from tests.bench.fleet import work_when_told  # noqa: E402
from tests.bench.pairs import pair  # noqa: E402

ACCOUNTS = 1_000


def make_accounts() -> list[Account]:
    """Made by the first process, found by the others."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(1)")
        call_command("migrate", "--no-input", "-v0")
        found = list(Account.objects.order_by("id")[:ACCOUNTS])
        for number in range(len(found), ACCOUNTS):
            facts = {"name": f"bench {number}", "code": str(number), "type": AccountType.asset, "currencies": ["EUR"]}
            found.append(Account.objects.create(**facts))
        return found


def transfer() -> int:
    source, destination = pair(ACCOUNTS)
    with transaction.atomic():
        accounts[source].transfer_to(accounts[destination], Money("0.01", "EUR"))
    return 1


accounts = make_accounts()
work_when_told(transfer)
