"""What happens to V tasks, candidacies and offers."""

from dataclasses import dataclass

from marketplace.core.domain_event import DomainEvent


@dataclass(frozen=True, kw_only=True)
class VTaskDrafted(DomainEvent):
    name = "v_task.drafted"
    handled = False
    duplicate_of: str = ""


@dataclass(frozen=True, kw_only=True)
class VTaskSubmitted(DomainEvent):
    """`hits` are the codes of the review rules that it touched; none: it opens at once."""

    name = "v_task.submitted"
    handled = False
    hits: list[str]


@dataclass(frozen=True, kw_only=True)
class VTaskOpened(DomainEvent):
    name = "v_task.opened"


@dataclass(frozen=True, kw_only=True)
class VTaskRejected(DomainEvent):
    name = "v_task.rejected"
    reason: str


@dataclass(frozen=True, kw_only=True)
class VTaskTakenBack(DomainEvent):
    """Out of the review or after a rejection, to be mended."""

    name = "v_task.taken_back"
    handled = False


@dataclass(frozen=True, kw_only=True)
class VTaskPaused(DomainEvent):
    name = "v_task.paused"
    handled = False


@dataclass(frozen=True, kw_only=True)
class VTaskResumed(DomainEvent):
    name = "v_task.resumed"
    handled = False


@dataclass(frozen=True, kw_only=True)
class VTaskExtended(DomainEvent):
    name = "v_task.extended"
    handled = False
    apply_by: str


@dataclass(frozen=True, kw_only=True)
class VTaskClosed(DomainEvent):
    """`how`: by the merchant, at its deadline, or with the last seat."""

    name = "v_task.closed"
    how: str
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class VTaskReopened(DomainEvent):
    name = "v_task.reopened"
    handled = False
    apply_by: str


@dataclass(frozen=True, kw_only=True)
class VTaskArchived(DomainEvent):
    name = "v_task.archived"
    handled = False


@dataclass(frozen=True, kw_only=True)
class VTaskReviewOverdue(DomainEvent):
    """24 hours in review."""

    name = "v_task.review_overdue"


@dataclass(frozen=True, kw_only=True)
class BudgetReserved(DomainEvent):
    name = "v_task.budget_reserved"
    handled = False
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class BudgetReturned(DomainEvent):
    name = "v_task.budget_returned"
    handled = False
    amount_minor: int
    currency: str


@dataclass(frozen=True, kw_only=True)
class AnchorInvited(DomainEvent):
    name = "application.invited"
    task: str


@dataclass(frozen=True, kw_only=True)
class AnchorApplied(DomainEvent):
    name = "application.applied"
    task: str


@dataclass(frozen=True, kw_only=True)
class ApplicationSorted(DomainEvent):
    """Moved between the lanes of the board: applied, shortlisted, waitlisted."""

    name = "application.sorted"
    lane: str


@dataclass(frozen=True, kw_only=True)
class ApplicationUnanswered(DomainEvent):
    """Five days without a decision: it counts in the merchant's record."""

    name = "application.unanswered"


@dataclass(frozen=True, kw_only=True)
class ApplicationClosed(DomainEvent):
    """Declined, withdrawn or expired; `word` is what the deciding side said."""

    name = "application.closed"
    how: str
    by_side: str
    word: str = ""


@dataclass(frozen=True, kw_only=True)
class OfferMade(DomainEvent):
    """An offer or a counter-offer; `aggregate` is the application."""

    name = "application.offer_made"
    offer: str
    by_side: str
    changed: list[str]


@dataclass(frozen=True, kw_only=True)
class OfferExtended(DomainEvent):
    name = "application.offer_extended"
    offer: str
    expires_at: str


@dataclass(frozen=True, kw_only=True)
class OfferRescinded(DomainEvent):
    name = "application.offer_rescinded"
    offer: str


@dataclass(frozen=True, kw_only=True)
class OfferReminded(DomainEvent):
    name = "application.offer_reminded"
    offer: str


@dataclass(frozen=True, kw_only=True)
class OfferAccepted(DomainEvent):
    """The two agree: a contract is drafted and the seat is taken."""

    name = "application.accepted"
    offer: str
    contract: str


@dataclass(frozen=True, kw_only=True)
class SeatReturned(DomainEvent):
    """A contract lapsed: the seat is free again; `aggregate` is the V task."""

    name = "v_task.seat_returned"
    application: str


@dataclass(frozen=True, kw_only=True)
class BenchChanged(DomainEvent):
    """Somebody stands by for a V task (`aggregate`), does no more, or in another order."""

    name = "v_task.bench_changed"
    application: str
    how: str


@dataclass(frozen=True, kw_only=True)
class StandbyCalled(DomainEvent):
    """A candidate (`aggregate`) is asked to take a live over."""

    name = "application.standby_called"
    call: str
    answer_by: str


@dataclass(frozen=True, kw_only=True)
class StandbyCallClosed(DomainEvent):
    """`how`: accepted, declined, expired or dropped."""

    name = "application.standby_call_closed"
    call: str
    how: str


@dataclass(frozen=True, kw_only=True)
class StandbyExhausted(DomainEvent):
    """Nobody is left on the bench of a V task (`aggregate`) for this absence."""

    name = "v_task.standby_exhausted"
    contract: str
    absence: str
