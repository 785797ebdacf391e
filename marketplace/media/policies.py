"""Who may upload: everybody in a party who may draft. What it is for is judged by the app that asks."""

from enum import StrEnum

from marketplace.core.actor import Role
from marketplace.core.policies import Policy, is_system, own_party, role_in


class MediaAction(StrEnum):
    UPLOAD = "upload"
    PROCESS = "process"


MEDIA = Policy(
    {
        MediaAction.UPLOAD: ((own_party, role_in(Role.OWNER, Role.MANAGER, Role.FINANCE, Role.MEMBER)),),
        MediaAction.PROCESS: ((is_system,),),
    }
)
