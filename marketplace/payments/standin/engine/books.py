"""The books' only writer."""

from marketplace.payments.standin.engine import clock, turn
from marketplace.payments.standin.models import Account, Leg, Posting

_DIRECTION = {Posting.Kind.CHARGE: 1, Posting.Kind.REFUND: -1, Posting.Kind.REFUND_RETURNED: 1}


def post(kind: Posting.Kind, *, subject: str, reference: str, amount_minor: int, currency: str) -> Posting:
    """Move an amount between the cards and the platform; which way follows from what happened.

    Runs inside the caller's transaction. The same charge or refund cannot be posted twice: a unique key says so.
    """
    turn.take()
    posting = Posting.objects.create(kind=kind, subject=subject, reference=reference, posted_at=clock.now())
    signed = _DIRECTION[kind] * amount_minor
    for account_kind, change in ((Account.Kind.PLATFORM, signed), (Account.Kind.CARDS, -signed)):
        account, _ = Account.objects.get_or_create(kind=account_kind, currency=currency)
        account.balance_minor += change
        account.save(update_fields=["balance_minor"])
        Leg.objects.create(posting=posting, account=account, amount_minor=change, balance_minor=account.balance_minor)
    return posting
