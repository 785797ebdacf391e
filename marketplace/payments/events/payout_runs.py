"""Payout runs, and the switch that pauses all payouts."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class PayoutsPausedByStaff(DomainEvent):
    """Nothing new is planned, approved or submitted until they go on."""

    name = "payouts.paused"
    handled = False
    reason: str


@dataclass(frozen=True, kw_only=True)
class PayoutsResumed(DomainEvent):
    name = "payouts.resumed"
    reason: str


@dataclass(frozen=True, kw_only=True)
class PayoutRunPlanned(DomainEvent):
    """Who is in it is fixed. `alone` when it goes without a person."""

    name = "payout_run.planned"
    alone: bool
    totals: list[dict[str, object]]


@dataclass(frozen=True, kw_only=True)
class PayoutRunApprovedOnce(DomainEvent):
    """One of the two has said yes."""

    name = "payout_run.approved_once"


@dataclass(frozen=True, kw_only=True)
class PayoutRunApproved(DomainEvent):
    name = "payout_run.approved"


@dataclass(frozen=True, kw_only=True)
class PayoutRunStarted(DomainEvent):
    name = "payout_run.started"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutRunHandedOn(DomainEvent):
    """So much is posted that another delivery goes on with the rest."""

    name = "payout_run.handed_on"


@dataclass(frozen=True, kw_only=True)
class PayoutRunDone(DomainEvent):
    name = "payout_run.done"
    handled = False


@dataclass(frozen=True, kw_only=True)
class PayoutRunCancelled(DomainEvent):
    """By hand, or because nobody approved it in time (`lapsed`). What it had posted goes on."""

    name = "payout_run.cancelled"
    lapsed: bool
