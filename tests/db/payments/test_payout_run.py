"""The weekly run: everybody who has enough ready, in chunks, once, however many workers."""

import gc
import tracemalloc
from functools import partial

import pytest

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.models import Balance, FundingLot
from marketplace.ledger.plan import Plan, PlannedLine, PlannedLot
from marketplace.ledger.steps.posting import post_all
from marketplace.payments.flows.pay_out import run_weekly_payouts
from marketplace.payments.models import Payout, PayoutAccount, PayoutGuard, Transfer
from marketplace.payments.services.payouts import run_payouts
from tests.support.races import race

SYSTEM = Actor.system("test")


@use_case
def payees_with_money(count: int, *, minor: int = 5_000, currency: str = "CNY") -> list[Party]:
    """`count` payees, each with an account and one transfer of `minor` that is done, as the ledger has it."""
    parties = Party.objects.bulk_create(Party(kind="anchor", name=f"Anchor {n}", state="active") for n in range(count))
    merchant = Party.objects.create(kind="brand", name="Chenyu Tea", state="active")
    wallet, money = chart.wallet(merchant.public_id, merchant.pk), Money(minor, currency)
    total, lot = Money(minor * count, currency), new_id("lot")
    charge = new_id("chg")
    paid_in = Plan(
        kind="top_up",
        key=charge,
        reference=charge,
        lines=(PlannedLine(chart.world("test_bank"), wallet, total),),
        lots=(PlannedLot(lot, wallet, "test_bank", charge, total, clock.now()),),
    )
    post_all([paid_in])
    held = FundingLot.objects.get(public_id=lot)
    PayoutAccount.objects.bulk_create(
        PayoutAccount(
            party=party, provider="test_bank", provider_payee=f"pye_{party.pk}", last4="8002", payouts_enabled=True
        )
        for party in parties
    )
    transfers = Transfer.objects.bulk_create(
        Transfer(
            party=party,
            contract=new_id("ctr"),
            release=new_id("rel"),
            lot=held,
            provider="test_bank",
            charge=charge,
            amount_minor=minor,
            currency=currency,
            state="done",
        )
        for party in parties
    )
    post_all([arrived(transfer, wallet, held.pk, money) for transfer in transfers])
    return parties


def arrived(transfer: Transfer, wallet: chart.AccountRef, lot_id: int, money: Money) -> Plan:
    """Released and transferred in one journal, to have many quickly."""
    connected = chart.connected(transfer.party.public_id, transfer.party_id)
    return plans.released(
        release=transfer.release, protected=wallet, shares=[(connected, money)], uses=[(lot_id, money)]
    )


def left_at_provider() -> int:
    return sum(Balance.objects.filter(account__kind="connected").values_list("amount_minor", flat=True))


def test_hundreds_are_paid_out_in_chunks_and_once(committed_db):
    parties = payees_with_money(450)
    assert run_weekly_payouts() == 3
    assert run_weekly_payouts() == 0
    assert Payout.objects.count() == 450
    assert set(Payout.objects.values_list("amount_minor", "state", "currency")) == {(5_000, "pending", "CNY")}
    assert set(Payout.objects.values_list("party", flat=True)) == {party.pk for party in parties}
    assert left_at_provider() == 0
    assert not Transfer.objects.filter(payout=None).exists()


def test_four_workers_at_once_pay_everybody_once(committed_db):
    payees_with_money(120)
    results = race(*(partial(run_payouts, actor=SYSTEM, chunk=50) for _ in range(4)))
    assert not [result for result in results if isinstance(result, Exception)]
    race(*(run_weekly_payouts for _ in range(4)))
    assert Payout.objects.count() == 120
    assert left_at_provider() == 0


def test_a_run_that_is_cut_off_goes_on_with_the_next(committed_db):
    payees_with_money(30)
    after = run_payouts(actor=SYSTEM, chunk=10)
    assert after is not None
    assert Payout.objects.count() == 10
    run_weekly_payouts()
    assert Payout.objects.count() == 30


def test_each_currency_has_its_least_amount(committed_db):
    payees_with_money(1, minor=999)
    payees_with_money(1, minor=1_000)
    payees_with_money(1, minor=999, currency="JPY")
    payees_with_money(1, minor=1_000, currency="JPY")
    payees_with_money(1, minor=9_999, currency="KWD")
    payees_with_money(1, minor=10_000, currency="KWD")
    run_weekly_payouts()
    assert sorted(Payout.objects.values_list("currency", "amount_minor")) == [
        ("CNY", 1_000),
        ("JPY", 1_000),
        ("KWD", 10_000),
    ]


def test_who_cannot_be_paid_is_left_and_stops_nobody(committed_db):
    switched_off, guarded, frozen, fine = payees_with_money(4)
    PayoutAccount.objects.filter(party=switched_off).update(payouts_enabled=False)
    PayoutGuard.objects.create(party=guarded, change="password")
    long_ago = clock.now().replace(year=2020)
    PayoutGuard.objects.create(party=frozen, change="password", changed_at=long_ago, frozen_at=long_ago)
    run_weekly_payouts()
    assert [payout.party for payout in Payout.objects.all()] == [fine]
    assert left_at_provider() == 15_000


def test_memory_stays_flat(committed_db):
    """A run of 2.5 times the payees needs little more at its height: garbage that is not collected yet."""
    heights = []
    for count in (400, 1_000):
        payees_with_money(count)
        gc.collect()
        tracemalloc.start()
        run_weekly_payouts()
        heights.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert heights[1] < heights[0] * 2, heights


@pytest.mark.parametrize("actor", [Actor(), Actor(user_id=1, party_id=1)])
def test_nobody_but_the_clock_runs_it(committed_db, actor):
    payees_with_money(1)
    with pytest.raises(Forbidden):
        run_payouts(actor=actor)
    assert not Payout.objects.exists()
