"""Who may do what in a party: the table of roles and actions, and nothing else."""

from enum import StrEnum

from marketplace.core.actor import Actor, Role
from marketplace.core.policies import Policy, own_party, role_in


class PartyAction(StrEnum):
    READ = "read"
    MESSAGE = "message"
    PROPOSE = "propose"
    POST = "post"
    SIGN = "sign"
    FUND = "fund"
    REFUND = "refund"
    PAYOUT = "payout"
    STATEMENTS = "statements"
    TEAM = "team"
    VERIFY = "verify"
    PROFILE = "profile"
    REPRESENT = "represent"
    CLOSE = "close"


def named_signatory(actor: Actor, _subject: object) -> bool:
    """The owner signs; a manager signs when the owner gave him the right by name."""
    return actor.role == Role.OWNER or (actor.role == Role.MANAGER and actor.can_sign)


_ALL = role_in(*Role)
_ACTIVE = role_in(Role.OWNER, Role.MANAGER, Role.FINANCE, Role.MEMBER)
_LEAD = role_in(Role.OWNER, Role.MANAGER)
_MONEY = role_in(Role.OWNER, Role.FINANCE)
_OWNER = role_in(Role.OWNER)

PARTY = Policy(
    {
        PartyAction.READ: ((own_party, _ALL),),
        PartyAction.MESSAGE: ((own_party, _ACTIVE),),
        PartyAction.PROPOSE: ((own_party, _ACTIVE),),
        PartyAction.POST: ((own_party, _LEAD),),
        PartyAction.PROFILE: ((own_party, _LEAD),),
        PartyAction.REPRESENT: ((own_party, _LEAD),),
        PartyAction.SIGN: ((own_party, named_signatory),),
        PartyAction.FUND: ((own_party, _MONEY),),
        PartyAction.REFUND: ((own_party, _MONEY),),
        PartyAction.PAYOUT: ((own_party, _MONEY),),
        PartyAction.STATEMENTS: ((own_party, _MONEY),),
        PartyAction.TEAM: ((own_party, _OWNER),),
        PartyAction.VERIFY: ((own_party, _OWNER),),
        PartyAction.CLOSE: ((own_party, _OWNER),),
    }
)
