"""The chart of accounts: every place where money can be, as one table.

A balance is what stands there: money leaves `world` (which goes below zero) and arrives at somebody's account, so all
balances of a currency always sum to nought.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property


class Kind(StrEnum):
    """What an account is for; the part of its code before the colon."""

    WORLD = "world"  # everything outside, seen through one provider
    CLEARING = "clearing"  # sent to a provider and not yet confirmed
    BANK = "bank"  # the platform's own bank account
    FEES = "fees"  # what providers charge us
    WALLET = "wallet"  # a merchant's free money
    RESERVED = "reserved"  # set aside for a V task
    PROTECTED = "protected"  # protected funds of a contract
    PAYABLE = "payable"  # released, owed to a payee
    CONNECTED = "connected"  # on the payee's account at the provider
    IN_TRANSIT = "in_transit"  # on its way to the payee's bank
    RECEIVABLE = "receivable"  # what a party owes us
    REVENUE = "revenue"
    TAX = "tax"
    RESERVE = "reserve"  # kept back of CPS for returns
    SUSPENSE = "suspense"  # arrived, and we do not know for whom


MAY_BE_NEGATIVE = frozenset({Kind.WORLD, Kind.FEES, Kind.RECEIVABLE})


@dataclass(frozen=True)
class AccountRef:
    """Names an account in any currency. It is opened by the first journal that touches it."""

    kind: Kind
    name: str
    party_id: int | None = None

    @cached_property
    def code(self) -> str:
        return f"{self.kind.value}:{self.name}"

    @property
    def allow_negative(self) -> bool:
        return self.kind in MAY_BE_NEGATIVE


def world(provider: str) -> AccountRef:
    return AccountRef(Kind.WORLD, provider)


def clearing(provider: str) -> AccountRef:
    return AccountRef(Kind.CLEARING, provider)


def wallet(party_public_id: str, party_id: int) -> AccountRef:
    return AccountRef(Kind.WALLET, party_public_id, party_id)


def reserved(task_public_id: str, party_id: int) -> AccountRef:
    return AccountRef(Kind.RESERVED, task_public_id, party_id)


def protected(contract_public_id: str, merchant_id: int) -> AccountRef:
    """A merchant's money that only a release or a refund of this contract can move."""
    return AccountRef(Kind.PROTECTED, contract_public_id, merchant_id)


def payable(party_public_id: str, party_id: int) -> AccountRef:
    return AccountRef(Kind.PAYABLE, party_public_id, party_id)


def connected(party_public_id: str, party_id: int) -> AccountRef:
    return AccountRef(Kind.CONNECTED, party_public_id, party_id)


def receivable(party_public_id: str, party_id: int) -> AccountRef:
    """Below nought: what a party owes us."""
    return AccountRef(Kind.RECEIVABLE, party_public_id, party_id)


def unmatched_loss() -> AccountRef:
    """Below nought: what a provider took, and we do not know whose it was. Suspense never holds less than nothing."""
    return AccountRef(Kind.RECEIVABLE, "unmatched")


def fees(provider: str) -> AccountRef:
    return AccountRef(Kind.FEES, provider)


def in_transit(payout_public_id: str, party_id: int) -> AccountRef:
    return AccountRef(Kind.IN_TRANSIT, payout_public_id, party_id)


def revenue() -> AccountRef:
    return AccountRef(Kind.REVENUE, "platform")


def tax(kind: str) -> AccountRef:
    return AccountRef(Kind.TAX, kind)


def suspense() -> AccountRef:
    return AccountRef(Kind.SUSPENSE, "unmatched")
