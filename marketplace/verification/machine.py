"""The states of a check of identity."""

from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class VerificationState(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    APPROVED = "approved"
    REJECTED = "rejected"
    EXPIRED = "expired"


_V = VerificationState
VERIFICATION = Machine(
    "verification",
    VerificationState,
    _V.DRAFT,
    (
        Transition("submit", (_V.DRAFT,), _V.SUBMITTED, ("owner",)),
        Transition("withdraw", (_V.SUBMITTED,), _V.DRAFT, ("owner",)),
        Transition("approve", (_V.SUBMITTED,), _V.APPROVED, ("compliance",)),
        Transition("reject", (_V.SUBMITTED,), _V.REJECTED, ("compliance",)),
        Transition("revise", (_V.REJECTED,), _V.DRAFT, ("owner",)),
        Transition("expire", (_V.APPROVED,), _V.EXPIRED, ("compliance", "clock")),
    ),
)
