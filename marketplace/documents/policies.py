"""Who sees a party's documents: its owner and its finance people; who gives a fee back: finance staff."""

from enum import StrEnum

from marketplace.core.actor import Role, StaffRole
from marketplace.core.policies import Policy, is_system, own_party, role_in, staff


class DocumentAction(StrEnum):
    SEE = "see"
    ISSUE = "issue"
    GIVE_BACK = "give_back"


DOCUMENTS = Policy(
    {
        DocumentAction.SEE: ((own_party, role_in(Role.OWNER, Role.FINANCE)),),
        DocumentAction.ISSUE: ((is_system,),),
        DocumentAction.GIVE_BACK: ((staff(StaffRole.FINANCE),),),
    }
)
