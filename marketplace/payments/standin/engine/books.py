"""The books' only writer."""

from collections.abc import Mapping

from marketplace.payments.standin.engine import clock, turn
from marketplace.payments.standin.models import Account, Leg, Posting

_CARDS, _PLATFORM, _PAYEE, _BANKS = Account.Kind.CARDS, Account.Kind.PLATFORM, Account.Kind.PAYEE, Account.Kind.BANKS
# From where to where at the test bank.
_MOVES = {
    Posting.Kind.CHARGE: (_CARDS, _PLATFORM),
    Posting.Kind.REFUND: (_PLATFORM, _CARDS),
    Posting.Kind.REFUND_RETURNED: (_CARDS, _PLATFORM),
    Posting.Kind.TRANSFER: (_PLATFORM, _PAYEE),
    Posting.Kind.TRANSFER_REVERSED: (_PAYEE, _PLATFORM),
    Posting.Kind.PAYOUT: (_PAYEE, _BANKS),
    Posting.Kind.PAYOUT_RETURNED: (_BANKS, _PAYEE),
}


def post(
    kind: Posting.Kind, *, subject: str, reference: str, amount_minor: int, currency: str, payee: str = ""
) -> Posting:
    """Move an amount between two accounts; which ones, and which way, follows from what happened.

    Runs inside the caller's transaction. The same charge, refund or payout cannot be posted twice: a unique key says
    so. `payee` names whose account is meant where a payee's takes part.
    """
    source, destination = _MOVES[kind]
    changes = {
        (account_kind, payee if account_kind == _PAYEE else ""): change
        for account_kind, change in ((source, -amount_minor), (destination, amount_minor))
    }
    return write(kind, subject=subject, reference=reference, currency=currency, changes=changes)


def write(
    kind: Posting.Kind, *, subject: str, reference: str, currency: str, changes: Mapping[tuple[Account.Kind, str], int]
) -> Posting:
    """Write one posting: by how much each account, a kind and an owner, changes; together they sum to zero."""
    turn.take()
    posting = Posting.objects.create(kind=kind, subject=subject, reference=reference, posted_at=clock.now())
    for (account_kind, owner), change in changes.items():
        if change:
            _change(posting, account_kind, owner, currency, change)
    return posting


def balance_of(kind: Account.Kind, owner: str, currency: str) -> int:
    """What stands on an account."""
    found = Account.objects.filter(kind=kind, owner=owner, currency=currency)
    return found.values_list("balance_minor", flat=True).first() or 0


def balance_of_payee(payee: str, currency: str) -> int:
    """What stands on a payee's account."""
    return balance_of(_PAYEE, payee, currency)


def _change(posting: Posting, kind: Account.Kind, owner: str, currency: str, change: int) -> None:
    account, _ = Account.objects.get_or_create(kind=kind, owner=owner, currency=currency)
    account.balance_minor += change
    account.save(update_fields=["balance_minor"])
    Leg.objects.create(posting=posting, account=account, amount_minor=change, balance_minor=account.balance_minor)
