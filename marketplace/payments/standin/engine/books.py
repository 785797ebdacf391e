"""The books' only writer."""

from marketplace.payments.standin.engine import clock, turn
from marketplace.payments.standin.models import Account, Leg, Posting

_CARDS, _PLATFORM, _PAYEE, _BANKS = Account.Kind.CARDS, Account.Kind.PLATFORM, Account.Kind.PAYEE, Account.Kind.BANKS
# From where to where; the order in which the two accounts are written is always the same.
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
    turn.take()
    posting = Posting.objects.create(kind=kind, subject=subject, reference=reference, posted_at=clock.now())
    source, destination = _MOVES[kind]
    for account_kind, change in ((source, -amount_minor), (destination, amount_minor)):
        owner = payee if account_kind == _PAYEE else ""
        account, _ = Account.objects.get_or_create(kind=account_kind, owner=owner, currency=currency)
        account.balance_minor += change
        account.save(update_fields=["balance_minor"])
        Leg.objects.create(posting=posting, account=account, amount_minor=change, balance_minor=account.balance_minor)
    return posting


def balance_of_payee(payee: str, currency: str) -> int:
    """What stands on a payee's account."""
    found = Account.objects.filter(kind=_PAYEE, owner=payee, currency=currency)
    return found.values_list("balance_minor", flat=True).first() or 0
