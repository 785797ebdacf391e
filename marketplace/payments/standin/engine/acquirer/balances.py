"""What an owner has at the acquirer, and how much of it may be used by now."""

from django.db.models import Sum

from marketplace.payments.standin.engine import books, clock, turn
from marketplace.payments.standin.engine.acquirer import ledger
from marketplace.payments.standin.engine.errors import Refusal
from marketplace.payments.standin.models import Account, Movement


def total(owner: str, currency: str) -> int:
    """All of it, in minor units."""
    return books.balance_of(*ledger.place(owner), currency)


def pending(owner: str, currency: str) -> int:
    """What is there but cannot be used yet."""
    rows = Movement.objects.filter(owner=owner, currency=currency, available_at__gt=clock.now())
    return rows.aggregate(net=Sum("amount_minor") - Sum("fee_minor"))["net"] or 0


def available(owner: str, currency: str) -> int:
    """What can be used."""
    return total(owner, currency) - pending(owner, currency)


def currencies(owner: str) -> list[str]:
    """The currencies that this owner has, or had, something in."""
    kind, name = ledger.place(owner)
    return list(Account.objects.filter(kind=kind, owner=name).order_by("currency").values_list("currency", flat=True))


def require(owner: str, currency: str, amount_minor: int, *, pending_too: bool = False) -> None:
    """Refuse what is not there. Takes the turn, so that nobody spends it between this look and the posting."""
    turn.take()
    there = total(owner, currency) if pending_too else available(owner, currency)
    if amount_minor > there:
        raise Refusal(
            "balance_insufficient",
            f"You have insufficient funds: {there} of {currency} can be used, {amount_minor} was asked for.",
            field="amount",
        )
