"""All of a party's people read; who may message writes (the table of roles is `accounts/policies.py`)."""

from enum import StrEnum
from typing import Any

from marketplace.core.actor import Actor, Role
from marketplace.core.policies import Policy, role_in

_WRITES = role_in(Role.OWNER, Role.MANAGER, Role.FINANCE, Role.MEMBER)
_LEADS = role_in(Role.OWNER, Role.MANAGER)


class ChatAction(StrEnum):
    SEND = "send"  # and react
    ALTER = "alter"  # edit or delete: one's own words
    BLOCK = "block"


def own_words(actor: Actor, message: Any) -> bool:
    return actor.user_id is not None and (actor.user_id, actor.party_id) == (message.by_id, message.party_id)


# Who asks has been given the conversation by `visible_to`.
CHAT = Policy(
    {
        ChatAction.SEND: ((_WRITES,),),
        ChatAction.ALTER: ((_WRITES, own_words),),
        ChatAction.BLOCK: ((_LEADS,),),
    }
)
