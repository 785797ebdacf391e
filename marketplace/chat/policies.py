"""All of a party's people read; who may message writes (the table of roles is `accounts/policies.py`)."""

from enum import StrEnum

from marketplace.core.actor import Role
from marketplace.core.policies import Policy, role_in


class ChatAction(StrEnum):
    SEND = "send"


# Who asks has been given the conversation by `visible_to`.
CHAT = Policy({ChatAction.SEND: ((role_in(Role.OWNER, Role.MANAGER, Role.FINANCE, Role.MEMBER),),)})
