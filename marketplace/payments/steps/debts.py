"""What a party owes us: written down, settled out of what it has here, and given back when it was not owed after all.

The party is locked by every caller: nobody else settles, or spends, at the same moment.
"""

from collections.abc import Iterable
from dataclasses import replace

from django.db import connection

from marketplace.accounts.models import Party
from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.core.record import record
from marketplace.core.tx import step
from marketplace.ledger import chart, plans
from marketplace.ledger.plan import oldest_first
from marketplace.ledger.selectors import as_balances, lots_by_id, open_lots, posted_plan, standing_journals
from marketplace.ledger.steps.posting import post
from marketplace.payments.errors import InDebt
from marketplace.payments.events import DebtArose, DebtSettled
from marketplace.payments.machine import STANDING
from marketplace.payments.models import Chargeback, Debt, DebtSettlement, TransferReversal
from marketplace.payments.selectors.debts import owed_by
from marketplace.payments.steps.lot_clocks import start_clocks

DEBTS_OF = 7_061  # a name for the advisory lock of a payee's debts


def require_no_debt(party_id: int) -> None:
    """Who owes us publishes nothing, and spends or takes back nothing out of the wallet. Raises InDebt."""
    if owed := owed_by(party_id):
        raise InDebt(owed=" + ".join(str(money) for money in owed))


def receivable_of(party: Party) -> chart.AccountRef:
    return chart.receivable(party.public_id, party.pk)


@step
def owe(
    party: Party,
    money: Money,
    *,
    why: Debt.Why,
    by: Actor,
    chargeback: Chargeback | None = None,
    reversal: TransferReversal | None = None,
) -> Debt:
    """Write it down; the journal that makes it so is the caller's."""
    debt = Debt.objects.create(
        party=party,
        why=why,
        chargeback=chargeback,
        reversal=reversal,
        amount_minor=money.amount_minor,
        currency=money.currency,
    )
    arose = DebtArose(
        aggregate=party.public_id,
        debt=debt.public_id,
        why=why.value,
        amount_minor=money.amount_minor,
        currency=money.currency,
    )
    record(arose, by=by)
    return debt


@step
def settle_from_wallet(party: Party, currency: str, *, by: Actor) -> Money:
    """As much as is free in the wallet, oldest debt and oldest charge first; returns how much."""
    wallet = chart.wallet(party.public_id, party.pk)
    return settle(party, wallet, open_lots(wallet, currency), currency, how=DebtSettlement.How.WALLET, by=by)


@step
def settle(
    party: Party,
    source: chart.AccountRef,
    lots: Iterable,
    currency: str,
    *,
    how: DebtSettlement.How,
    by: Actor,
    contract: str = "",
) -> Money:
    """Out of these lots of `source`, as far as they go. What cannot go back there, because its contract has ended, only
    settles what is certain: no chargeback that may yet be won.
    """
    left = {lot.id: lot for lot in as_balances(lots)}
    total = Money.zero(currency)
    debts = Debt.objects.open().filter(party=party, currency=currency)
    if how == DebtSettlement.How.PROTECTED:
        debts = debts.exclude(chargeback__state__in=[state.value for state in STANDING])
    for debt in debts.order_by("id"):
        there = sum(lot.remaining.amount_minor for lot in left.values())
        money = Money(min(debt.left_minor, there), currency)
        if not money:
            break
        taken = oldest_first(left.values(), money)
        done = DebtSettlement.objects.create(debt=debt, how=how, contract=contract, amount_minor=money.amount_minor)
        plan = plans.debt_settled(
            settlement=done.public_id,
            source=source,
            receivable=receivable_of(party),
            money=money,
            uses=[(lot.id, part) for lot, part in taken],
        )
        post(plan)
        total += money
        for lot, part in taken:
            left[lot.id] = replace(lot, remaining=lot.remaining - part)
    if total:
        still = next((owed for owed in owed_by(party.pk) if owed.currency == currency), Money.zero(currency))
        settled = DebtSettled(
            aggregate=party.public_id,
            how=how.value,
            amount_minor=total.amount_minor,
            left_minor=still.amount_minor,
            currency=currency,
        )
        record(settled, by=by)
    return total


@step
def withhold(party: Party, money: Money, *, contract: str, release: str) -> Money:
    """Of what a release just made hers, what a payee owes stays here; returns how much. The oldest debt first."""
    if not Debt.objects.open().filter(party=party, currency=money.currency).exists():
        return Money.zero(money.currency)
    with connection.cursor() as cursor:  # two releases at once may be hers: one after the other
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [DEBTS_OF, party.pk % 2**31])
    withheld = Money.zero(money.currency)
    for debt in Debt.objects.open().filter(party=party, currency=money.currency).order_by("id"):
        part = Money(min(debt.left_minor, (money - withheld).amount_minor), money.currency)
        if not part:
            break
        done = DebtSettlement.objects.create(
            debt=debt,
            how=DebtSettlement.How.EARNINGS,
            contract=contract,
            release=release,
            amount_minor=part.amount_minor,
        )
        payable = chart.payable(party.public_id, party.pk)
        post(plans.debt_settled(settlement=done.public_id, source=payable, receivable=receivable_of(party), money=part))
        withheld += part
    return withheld


@step
def give_settlements_back(debt: Debt) -> None:
    """It is not owed after all: what was taken out of the wallet for it is there again, each charge with its clocks."""
    taken = DebtSettlement.objects.filter(debt=debt, how=DebtSettlement.How.WALLET, undone_by=None)
    for settlement in taken.order_by("id"):
        undo(settlement.public_id)
        DebtSettlement.objects.create(
            debt=debt, how=DebtSettlement.How.UNDONE, undoes=settlement, amount_minor=-settlement.amount_minor
        )


@step
def undo(reference: str) -> None:
    """Every journal with this reference that is not reversed yet, and is none itself."""
    for journal in standing_journals(reference):
        plan = posted_plan(journal)
        post(plans.reversal(of=plan, journal_id=journal.pk))
        # The clock of a lot that was empty has struck in vain: what is too old goes its way at once.
        for lot in lots_by_id(use.lot_id for use in plan.uses):
            start_clocks(lot.public_id, lot.charged_at)
