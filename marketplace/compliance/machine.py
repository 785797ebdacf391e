"""The states of a report: somebody says that something is wrong, compliance looks and decides."""

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
