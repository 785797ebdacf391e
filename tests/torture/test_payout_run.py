"""Ten thousand payees in one weekly run: everybody once, memory flat."""

import tracemalloc

from django.db.models import Sum

from marketplace.ledger.models import Balance
from marketplace.payments.flows.pay_out import CHUNK, run_weekly_payouts
from marketplace.payments.models import Payout
from tests.factories.ready import payees_with_money


def test_ten_thousand_are_paid_out_once_in_flat_memory(committed_db, settings):
    settings.PAYOUT_RUN_ALONE_MINOR = {"CNY": 100_000_000}  # so much would wait for two people
    payees_with_money(10_000)
    tracemalloc.start()
    chunks = run_weekly_payouts()
    height = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert chunks == 10_000 // CHUNK
    assert Payout.objects.count() == 10_000
    assert Payout.objects.aggregate(sum=Sum("amount_minor"))["sum"] == 50_000_000
    left = Balance.objects.filter(account__kind="connected").aggregate(sum=Sum("amount_minor"))["sum"]
    assert left == 0
    assert height < 32 * 1024 * 1024
    assert run_weekly_payouts() == 0
