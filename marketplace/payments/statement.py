"""What a provider's statement says, whoever the provider is. Pure: services know these and no gateway."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from marketplace.core.money import Money


class LineKind(StrEnum):
    CHARGE = "charge"
    REFUND = "refund"
    REFUND_RETURNED = "refund_returned"
    TRANSFER = "transfer"
    TRANSFER_REVERSED = "transfer_reversed"
    PAYOUT = "payout"
    PAYOUT_RETURNED = "payout_returned"
    CHARGEBACK = "chargeback"  # taken and given back are one: what counts is their sum
    FEE = "fee"  # likewise
    OTHER = "other"  # a provider moved money in a way that we do not know


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementLine:
    """One line. `line` is its name at the provider, `cursor` what reading goes on behind.

    `reference` is what we called the subject there. `money` is signed: into the platform's account, and for payouts and
    what comes back of them, into the payee's. `balance_minor` is the platform's after it, where the provider says so.
    """

    line: str
    cursor: str
    kind: LineKind
    subject: str
    reference: str
    money: Money
    posted_at: datetime
    payee: str = ""
    balance_minor: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClosingBalance:
    """What stands on a payee's account, or on the platform's (`payee` is empty), after all lines. Where there is a
    `cursor`, reading goes on behind it."""

    payee: str
    money: Money
    cursor: str = ""
