"""The states of a report (something is wrong) and of an objection (a figure about me is): compliance decides."""

from enum import StrEnum

from marketplace.core.machine import Machine, Transition


class ReportState(StrEnum):
    REPORTED = "reported"
    DISMISSED = "dismissed"
    ACTIONED = "actioned"


_R = ReportState
REPORT = Machine(
    "report",
    ReportState,
    _R.REPORTED,
    (
        Transition("dismiss", (_R.REPORTED,), _R.DISMISSED, ("compliance",)),
        Transition("act", (_R.REPORTED,), _R.ACTIONED, ("compliance",)),
    ),
)


class ObjectionState(StrEnum):
    FILED = "filed"
    UPHELD = "upheld"
    REJECTED = "rejected"
    APPEALED = "appealed"
    OVERTURNED = "overturned"
    CONFIRMED = "confirmed"


_O = ObjectionState
# The observation that it is about is struck out.
STRUCK = (_O.UPHELD, _O.OVERTURNED)
OBJECTION = Machine(
    "objection",
    ObjectionState,
    _O.FILED,
    (
        Transition("uphold", (_O.FILED,), _O.UPHELD, ("compliance",)),
        Transition("reject", (_O.FILED,), _O.REJECTED, ("compliance",)),
        # Once, within 30 days.
        Transition("appeal", (_O.REJECTED,), _O.APPEALED, ("whoever objected",)),
        Transition("overturn", (_O.APPEALED,), _O.OVERTURNED, ("other compliance",)),
        Transition("confirm", (_O.APPEALED,), _O.CONFIRMED, ("other compliance",)),
    ),
)
