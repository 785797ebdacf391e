"""The states of a V task, of an anchor's candidacy for it, and of the offers between the two."""

from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class VTaskState(StrEnum):
    DRAFT = "draft"
    IN_REVIEW = "in_review"
    OPEN = "open"
    PAUSED = "paused"
    CLOSED = "closed"
    ARCHIVED = "archived"
    REJECTED = "rejected"


_T = VTaskState
V_TASK = Machine(
    "v_task",
    VTaskState,
    _T.DRAFT,
    (
        Transition("submit", (_T.DRAFT,), _T.IN_REVIEW, ("merchant",)),
        Transition("publish", (_T.IN_REVIEW,), _T.OPEN, ("rules", "staff")),
        Transition("reject", (_T.IN_REVIEW,), _T.REJECTED, ("staff",)),
        Transition("take_back", (_T.IN_REVIEW,), _T.DRAFT, ("merchant",)),
        Transition("revise", (_T.REJECTED,), _T.DRAFT, ("merchant",)),
        Transition("pause", (_T.OPEN,), _T.PAUSED, ("merchant",)),
        Transition("resume", (_T.PAUSED,), _T.OPEN, ("merchant",)),
        Transition("close", (_T.OPEN, _T.PAUSED), _T.CLOSED, ("merchant", "clock", "last seat")),
        Transition("reopen", (_T.CLOSED,), _T.OPEN, ("merchant",)),
        Transition("archive", (_T.DRAFT, _T.REJECTED, _T.CLOSED), _T.ARCHIVED, ("merchant",)),
    ),
)


class ApplicationState(StrEnum):
    INVITED = "invited"
    APPLIED = "applied"
    SHORTLISTED = "shortlisted"
    WAITLISTED = "waitlisted"
    OFFERED = "offered"  # the anchor's side answers
    COUNTERED = "countered"  # the merchant answers
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


_A = ApplicationState
WAITING = (_A.APPLIED, _A.SHORTLISTED, _A.WAITLISTED)
NEGOTIATING = (_A.OFFERED, _A.COUNTERED)
APPLICATION = Machine(
    "application",
    ApplicationState,
    _A.INVITED,
    (
        Transition("apply", (_A.INVITED,), _A.APPLIED, ("anchor", "agency")),
        Transition("shortlist", (_A.APPLIED, _A.WAITLISTED), _A.SHORTLISTED, ("merchant",)),
        Transition("unlist", (_A.SHORTLISTED, _A.WAITLISTED), _A.APPLIED, ("merchant",)),
        Transition("waitlist", (_A.APPLIED, _A.SHORTLISTED), _A.WAITLISTED, ("merchant", "last seat")),
        Transition("offer", WAITING, _A.OFFERED, ("merchant",)),
        Transition("counter", (_A.OFFERED,), _A.COUNTERED, ("anchor", "agency")),
        Transition("counter_back", (_A.COUNTERED,), _A.OFFERED, ("merchant",)),
        Transition("accept", NEGOTIATING, _A.ACCEPTED, ("whoever must answer",)),
        Transition("rescind", (_A.OFFERED,), _A.SHORTLISTED, ("merchant",)),
        Transition("decline", (_A.INVITED, *WAITING, *NEGOTIATING), _A.DECLINED, ("whoever must answer", "closing")),
        Transition("withdraw", (*WAITING, *NEGOTIATING), _A.WITHDRAWN, ("anchor", "agency")),
        Transition("expire", (_A.INVITED, *NEGOTIATING), _A.EXPIRED, ("clock",)),
        Transition("lapse", (_A.ACCEPTED,), _A.EXPIRED, ("its contract",)),
        # The seat of somebody else who let it go, or did not come.
        Transition("take_over", WAITING, _A.ACCEPTED, ("its contract",)),
    ),
)


class OfferState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    COUNTERED = "countered"
    DECLINED = "declined"
    RESCINDED = "rescinded"
    EXPIRED = "expired"


_O = OfferState
OFFER = Machine(
    "offer",
    OfferState,
    _O.OPEN,
    (
        Transition("accept", (_O.OPEN,), _O.ACCEPTED, ("other side",)),
        Transition("counter", (_O.OPEN,), _O.COUNTERED, ("other side",)),
        Transition("decline", (_O.OPEN,), _O.DECLINED, ("other side",)),
        Transition("rescind", (_O.OPEN,), _O.RESCINDED, ("its side", "closing")),
        Transition("expire", (_O.OPEN,), _O.EXPIRED, ("clock",)),
    ),
)


class StandbyCallState(StrEnum):
    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    DROPPED = "dropped"


_S = StandbyCallState
STANDBY_CALL = Machine(
    "standby_call",
    StandbyCallState,
    _S.OPEN,
    (
        Transition("accept", (_S.OPEN,), _S.ACCEPTED, ("anchor", "agency")),
        Transition("decline", (_S.OPEN,), _S.DECLINED, ("anchor", "agency")),
        Transition("expire", (_S.OPEN,), _S.EXPIRED, ("clock",)),
        # She came after all, or the contract ended otherwise.
        Transition("drop", (_S.OPEN,), _S.DROPPED, ("merchant", "clock")),
    ),
)
