"""Changing balances at the acquirer: a posting in the books, and a movement for each owner's line."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from marketplace.payments.standin.engine import books, clock, ids
from marketplace.payments.standin.models import Account, Movement, Posting

PLATFORM = ""
Place = tuple[Account.Kind, str]


@dataclass(frozen=True)
class Change:
    """One owner's line: `amount_minor` comes (or goes, below zero), of which `fee_minor` stays with the acquirer."""

    owner: str
    kind: str
    amount_minor: int
    source: str
    fee_minor: int = 0
    category: str = ""
    description: str = ""
    available_at: datetime | None = None


def move(
    posted: Posting.Kind,
    *,
    subject: str,
    reference: str,
    currency: str,
    changes: Iterable[Change],
    outside: Account.Kind | None = None,
) -> None:
    """Post all changes at once; what they do not sum to comes from, or goes to, the account `outside`."""
    changes = list(changes)
    moved: Counter[Place] = Counter()
    for change in changes:
        moved[place(change.owner)] += change.amount_minor - change.fee_minor
        moved[Account.Kind.FEES, ""] += change.fee_minor
    if outside:
        moved[outside, ""] -= sum(change.amount_minor for change in changes)
    posting = books.write(posted, subject=subject, reference=reference, currency=currency, changes=moved)
    moment = clock.now()
    for change in changes:
        Movement.objects.create(
            id=ids.new("txn"),
            owner=change.owner,
            kind=change.kind,
            category=change.category or change.kind,
            amount_minor=change.amount_minor,
            fee_minor=change.fee_minor,
            currency=currency,
            source=change.source,
            description=change.description,
            posting=posting,
            created_at=moment,
            available_at=change.available_at or moment,
        )


def place(owner: str) -> Place:
    """The account in the books that is this owner's."""
    return (Account.Kind.CONNECTED, owner) if owner else (Account.Kind.ACQUIRED, "")


def of(source: str, *, owner: str = PLATFORM, kinds: Iterable[str] = ()) -> Movement | None:
    """The first line that this thing drew, of these kinds if any are named."""
    rows = Movement.objects.filter(source=source, owner=owner).order_by("seq")
    return (rows.filter(kind__in=kinds) if kinds else rows).first()
