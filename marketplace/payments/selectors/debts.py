"""Reads about what parties owe us."""

from django.db.models import QuerySet, Sum

from marketplace.core.actor import Actor
from marketplace.core.money import Money
from marketplace.payments.models import Debt, DebtSettlement


def owed_by(party_id: int) -> list[Money]:
    """What a party owes us, by currency; empty when it owes nothing."""
    owed: dict[str, int] = {}
    for debt in Debt.objects.open().filter(party_id=party_id):
        owed[debt.currency] = owed.get(debt.currency, 0) + debt.left_minor
    return [Money(minor, currency) for currency, minor in sorted(owed.items())]


def open_debts(actor: Actor) -> QuerySet[Debt]:
    """What the actor's party owes, oldest first; `left_minor` is what is left of each."""
    mine = Debt.objects.visible_to(actor).filter(party_id=actor.party_id)
    return mine.open().select_related("chargeback").order_by("id")


def settled_by_contract(contract: str) -> int:
    """What of a contract's protected funds covered debts of its merchant, in minor units."""
    covered = DebtSettlement.objects.filter(contract=contract, how=DebtSettlement.How.PROTECTED)
    return covered.aggregate(total=Sum("amount_minor"))["total"] or 0


def withheld_by_contract(contract: str) -> dict[int, int]:
    """What of a contract's releases settled debts of its payees, in minor units by payee."""
    kept = DebtSettlement.objects.filter(contract=contract, how=DebtSettlement.How.EARNINGS)
    return dict(kept.values_list("debt__party_id").annotate(total=Sum("amount_minor")))
