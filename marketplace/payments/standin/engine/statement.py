"""An account as the bank shows it, the platform's or a payee's: one line for each posting.

Whose is meant is an owner: nobody for the platform's account, `ACQUIRER` for its balance at the card acquirer, else a
payee's or a connected account's id.
"""

from django.db.models import QuerySet, Sum

from marketplace.payments.standin.engine import snapshots
from marketplace.payments.standin.models import Account, Leg

ACQUIRER = "acquirer"


def accounts(payee: str = "") -> QuerySet[Account]:
    """An owner's accounts, one for each currency."""
    kind, owner = _place(payee)
    return Account.objects.filter(kind=kind, owner=owner).order_by("currency")


def lines(*, currency: str = "", reference: str = "", payee: str = "") -> QuerySet[Leg]:
    """An account's legs, unordered; narrowed to a currency or a reference."""
    kind, owner = _place(payee)
    rows = Leg.objects.filter(account__kind=kind, account__owner=owner).select_related("posting", "account")
    if currency:
        rows = rows.filter(account__currency=currency)
    if reference:
        rows = rows.filter(posting__reference=reference)
    return rows


def as_data(leg: Leg) -> dict:
    """One line for a machine."""
    return {
        "cursor": leg.pk,
        "kind": leg.posting.kind,
        "subject": leg.posting.subject,
        "reference": leg.posting.reference,
        "amount_minor": leg.amount_minor,
        "balance_minor": leg.balance_minor,
        "currency": leg.account.currency,
        "posted_at": snapshots.instant(leg.posting.posted_at),
    }


def balances(payee: str = "") -> list[dict]:
    """What the platform, or a payee, has, by currency."""
    return [{"currency": row.currency, "amount_minor": row.balance_minor} for row in accounts(payee)]


def totals(rows: QuerySet[Leg]) -> list[dict]:
    """What came in and went out on these lines, by currency."""
    incoming, outgoing = rows.filter(amount_minor__gt=0), rows.filter(amount_minor__lt=0)
    sums = {
        name: dict(part.order_by().values_list("account__currency").annotate(Sum("amount_minor")))
        for name, part in (("in", incoming), ("out", outgoing))
    }
    return [
        {"currency": code, "in_minor": sums["in"].get(code, 0), "out_minor": sums["out"].get(code, 0)}
        for code in sorted(sums["in"].keys() | sums["out"].keys())
    ]


def _place(owner: str) -> tuple[Account.Kind, str]:
    if owner == ACQUIRER:
        return Account.Kind.ACQUIRED, ""
    if owner.startswith("acct_"):
        return Account.Kind.CONNECTED, owner
    return (Account.Kind.PAYEE, owner) if owner else (Account.Kind.PLATFORM, "")
