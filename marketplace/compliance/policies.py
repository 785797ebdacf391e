"""Everybody who is signed in may report, who leads a party may object to its record; compliance decides."""

from enum import StrEnum

from marketplace.core.actor import Role, StaffRole
from marketplace.core.policies import Policy, own_party, role_in, signed_in, staff


class ReportAction(StrEnum):
    FILE = "file"
    DECIDE = "decide"


REPORTS = Policy(
    {
        ReportAction.FILE: ((signed_in,),),
        ReportAction.DECIDE: ((staff(StaffRole.COMPLIANCE),),),
    }
)


class ObjectionAction(StrEnum):
    """About the record of a party, or an objection of its own."""

    FILE = "file_objection"
    DECIDE = "decide_objection"


OBJECTIONS = Policy(
    {
        ObjectionAction.FILE: ((own_party, role_in(Role.OWNER, Role.MANAGER)),),
        ObjectionAction.DECIDE: ((staff(StaffRole.COMPLIANCE),),),
    }
)
