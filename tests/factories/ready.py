"""Payees with money on their accounts at the provider, many and quickly: without a bank, as the ledger has it."""

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.models import FundingLot
from marketplace.ledger.plan import Plan, PlannedLine, PlannedLot
from marketplace.ledger.steps.posting import post_all
from marketplace.payments.models import PayoutAccount, Transfer


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


@use_case
def more_for(party: Party, minor: int, currency: str = "CNY") -> Transfer:
    """Another transfer that is done, out of the same lot's money as her first."""
    first = Transfer.objects.filter(party=party).select_related("lot__held_in").earliest("pk")
    wallet = chart.wallet(first.lot.held_in.code.partition(":")[2], first.lot.held_in.party_id)
    charge, lot, money = new_id("chg"), new_id("lot"), Money(minor, currency)
    post_all(
        [
            Plan(
                kind="top_up",
                key=charge,
                reference=charge,
                lines=(PlannedLine(chart.world("test_bank"), wallet, money),),
                lots=(PlannedLot(lot, wallet, "test_bank", charge, money, clock.now()),),
            )
        ]
    )
    held = FundingLot.objects.get(public_id=lot)
    transfer = Transfer.objects.create(
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
    post_all([arrived(transfer, wallet, held.pk, money)])
    return transfer
