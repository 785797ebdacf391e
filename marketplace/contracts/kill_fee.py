"""What a merchant owes when it ends a contract early: a rate of what is not settled yet, by how far the work is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Protocol

from marketplace.contracts.terms import DealTerms, DeliverableKind


class Stage(StrEnum):
    """In the words of the terms' table, furthest last; the last three are outside of it."""

    BEFORE_FUNDS = "before_funds"
    FUNDED = "funded"
    SCRIPT_APPROVED = "script_approved"
    DRAFT_DELIVERED = "draft_delivered"
    APPROVED_UNPUBLISHED = "approved_unpublished"
    ANCHOR_ASKS = "anchor_asks"
    ANCHOR_LATE = "anchor_late"
    ANCHOR_ABSENT = "anchor_absent"


# It ends because of her: the merchant owes nothing for what has not come.
HERS = frozenset({Stage.ANCHOR_ASKS, Stage.ANCHOR_LATE, Stage.ANCHOR_ABSENT})


class Work(Protocol):
    kind: str
    state: str
    releases_minor: int
    is_public: bool
    is_open: bool
    submitted_at: datetime | None
    published_at: datetime | None


@dataclass(frozen=True, slots=True)
class KillFee:
    """`in_full_minor` of `minor` is for work that was handed in or is out already, and for what was only kept back:
    a request to end it does not undo that.
    """

    stage: Stage
    rate_bp: int
    in_full_minor: int
    minor: int


SHOWN = frozenset({"submitted", "changes_requested", "approved"})


def stage_of(work: Sequence[Work]) -> Stage:
    """How far the furthest piece has come."""
    if any(one.is_public and one.state == "approved" for one in work):
        return Stage.APPROVED_UNPUBLISHED
    if any(one.kind != DeliverableKind.SCRIPT and one.state in SHOWN for one in work):
        return Stage.DRAFT_DELIVERED
    if any(one.kind == DeliverableKind.SCRIPT and one.state == "approved" for one in work):
        return Stage.SCRIPT_APPROVED
    return Stage.FUNDED


def rate_of(stage: Stage, deal: DealTerms) -> int:
    """In basis points. When the anchor asks, or is late, the merchant owes nothing for what has not come."""
    return 0 if stage in HERS else deal.kill_fee_bp[stage]


def kill_fee(work: Sequence[Work], *, stage: Stage, rate_bp: int, unsettled_minor: int, asked_at: datetime) -> KillFee:
    """Minor units of the contract's currency, rounded down; the same rule when it is shown and when it is carried out.

    What was handed in before the request and is not judged yet is paid in full when the merchant asked; what was out
    in the public before it, whoever asked.
    """
    still_owed = [one for one in work if one.is_open]
    by_merchant = stage not in HERS
    certain = sum(one.releases_minor for one in still_owed if _counts(one, asked_at, by_merchant))
    open_minor = sum(one.releases_minor for one in still_owed)
    in_full = unsettled_minor - open_minor + certain
    return KillFee(stage, rate_bp, in_full, in_full + (open_minor - certain) * rate_bp // 10_000)


def _counts(one: Work, asked_at: datetime, by_merchant: bool) -> bool:
    if one.state == "published":
        return one.published_at is not None and one.published_at <= asked_at
    return by_merchant and one.state == "submitted" and one.submitted_at is not None and one.submitted_at <= asked_at
