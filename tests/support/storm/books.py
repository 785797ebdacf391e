"""What must be true of our books, beside the bank's: nothing lost, nothing twice."""

from collections import Counter

from django.db import connection

from marketplace.core import invariants
from marketplace.core.models import Delivery, Timer
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from marketplace.payments.models import Funding, Payout, Refund, Transfer
from tests.support.bank import Bank
from tests.support.storm.crew import Crew

FINGERPRINT = """
SELECT (SELECT coalesce(max(id), 0) FROM core_event), (SELECT coalesce(max(id), 0) FROM ledger_journal),
       (SELECT count(*) FROM core_timer),
       (SELECT coalesce(sum(hashtextextended(account_id || ':' || amount_minor, 0)), 0) FROM ledger_balance)
"""
AT_THE_BANK = {
    "fundings": """SELECT charge.reference, charge.amount_minor FROM standin_charge AS charge""",
    "refunds": "SELECT reference, amount_minor FROM standin_refund WHERE status = 'succeeded'",
    "transfers": "SELECT reference, amount_minor FROM standin_transfer WHERE reversed_minor = 0",
    "payouts": "SELECT reference, amount_minor FROM standin_payout WHERE status = 'paid'",
}


def fingerprint() -> tuple:
    """Changes with every event, journal, timer and balance."""
    with connection.cursor() as cursor:
        cursor.execute(FINGERPRINT)
        return cursor.fetchone()


def broken(bank: Bank) -> list[str]:
    """Of what must hold at any moment."""
    return [*map(str, invariants.violations()), *map(str, bank.violations().items())]


def differences(bank: Bank, crew: Crew) -> list[str]:
    """Between what we believe and what the bank has done, once everything has settled."""
    found = [*effects(bank), *balances(bank, crew), *left_over()]
    return [*broken(bank), *found]


def effects(bank: Bank) -> list[str]:
    """Each payment in, refund, transfer and payout: as often and as large there as here."""
    ours = {
        "fundings": Counter(Funding.objects.filter(state="paid").values_list("public_id", "amount_minor")),
        "refunds": Counter(Refund.objects.filter(state="done").values_list("public_id", "amount_minor")),
        "transfers": Counter(Transfer.objects.filter(state="done").values_list("public_id", "amount_minor")),
        "payouts": Counter((one.reference, one.amount_minor) for one in Payout.objects.filter(state="paid")),
    }
    found = []
    with bank.connect() as books:
        for kind, sql in AT_THE_BANK.items():
            theirs = Counter(tuple(row) for row in books.execute(sql).fetchall())
            found += [f"{kind} only here: {one} ({n})" for one, n in (ours[kind] - theirs).items()]
            found += [f"{kind} only there: {one} ({n})" for one, n in (theirs - ours[kind]).items()]
    return found


def balances(bank: Bank, crew: Crew) -> list[str]:
    at_payees, found = 0, []
    for party in (person.party for person in crew.payees):
        theirs = bank.balance_of(party.payout_accounts.get().provider_payee)
        at_payees += theirs
        here = balance_of(chart.connected(party.public_id, party.pk), "CNY").amount_minor
        if here != theirs:
            found.append(f"{party.name} has {theirs} at the bank, {here} in our books")
    world = -balance_of(chart.world("test_bank"), "CNY").amount_minor
    there = bank.balance() + at_payees
    return [*found, f"the bank holds {there}, our books say {world}"] if world != there else found


def left_over() -> list[str]:
    """Nothing waits for ever, nothing was given up."""
    waiting = {
        "refunds on their way": Refund.objects.filter(state__in=["submitting", "sent"]),
        "transfers on their way": Transfer.objects.filter(state__in=["submitting", "failed"]),
        "payouts on their way": Payout.objects.filter(state__in=["pending", "submitting", "in_transit", "failed"]),
        "deliveries": Delivery.objects.exclude(state="done"),
        "dead timers": Timer.objects.filter(state="dead"),
    }
    return [f"{what}: {rows.count()}" for what, rows in waiting.items() if rows.exists()]
