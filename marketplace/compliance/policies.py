"""Everybody who is signed in may report; compliance decides."""

from enum import StrEnum

from marketplace.core.actor import StaffRole
from marketplace.core.policies import Policy, signed_in, staff


class ReportAction(StrEnum):
    FILE = "file"
    DECIDE = "decide"


REPORTS = Policy(
    {
        ReportAction.FILE: ((signed_in,),),
        ReportAction.DECIDE: ((staff(StaffRole.COMPLIANCE),),),
    }
)
