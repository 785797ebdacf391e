"""The bank's desk is for finance staff; what programs ask of the rail comes from the platform itself."""

from enum import StrEnum

from marketplace.core.actor import StaffRole
from marketplace.core.policies import Policy, is_system, signed_in, staff


class DeskAction(StrEnum):
    PROVIDE = "provide"  # what a provider of payments is asked for
    NAME = "name"  # one's account; whoever lets her do it knows that it is hers
    WORK = "work"  # uploads, batches, lines that nobody asked for


DESK = Policy(
    {
        DeskAction.PROVIDE: ((is_system,),),
        DeskAction.NAME: ((signed_in,), (is_system,)),
        DeskAction.WORK: ((staff(StaffRole.FINANCE),),),
    }
)
