"""Who says that a channel is what it claims to be: staff, and never its anchor."""

from enum import StrEnum

from marketplace.core.actor import StaffRole
from marketplace.core.policies import Policy, staff


class ChannelAction(StrEnum):
    VERIFY = "verify"


CHANNELS = Policy({ChannelAction.VERIFY: ((staff(StaffRole.OPERATIONS, StaffRole.COMPLIANCE),),)})
