"""Who may do what with V tasks and candidacies: the role table of the domain, by side."""

from enum import StrEnum

from marketplace.campaigns.models import Application, Side
from marketplace.core.actor import Actor, Role, StaffRole
from marketplace.core.policies import Policy, is_system, own_party, role_in, staff

_ACTIVE = role_in(Role.OWNER, Role.MANAGER, Role.FINANCE, Role.MEMBER)
_LEAD = role_in(Role.OWNER, Role.MANAGER)
_MONEY = role_in(Role.OWNER, Role.FINANCE)


class TaskAction(StrEnum):
    """On a V task of one's own party."""

    DRAFT = "draft"
    POST = "post"  # submit, pause, close, reopen, archive
    INVITE = "invite"
    RESERVE = "reserve"
    REVIEW = "review"


TASK = Policy(
    {
        TaskAction.DRAFT: ((own_party, _ACTIVE),),
        TaskAction.POST: ((own_party, _LEAD), (is_system,)),
        TaskAction.INVITE: ((own_party, _LEAD),),
        TaskAction.RESERVE: ((own_party, _MONEY),),
        TaskAction.REVIEW: ((staff(StaffRole.OPERATIONS),),),
    }
)


def side_of(actor: Actor, application: Application) -> Side | None:
    """Which side of the table the actor sits at."""
    if actor.party_id is None:
        return None
    if actor.party_id == application.task.party_id:
        return Side.MERCHANT
    return Side.ANCHOR if actor.party_id in {application.anchor_id, application.by_party_id} else None


def at_the_merchants(actor: Actor, application: Application) -> bool:
    return side_of(actor, application) == Side.MERCHANT


def at_the_anchors(actor: Actor, application: Application) -> bool:
    return side_of(actor, application) == Side.ANCHOR


class CandidacyAction(StrEnum):
    SORT = "sort"  # shortlist, waitlist and back
    OFFER = "offer"
    COUNTER = "counter"
    WITHDRAW = "withdraw"
    ANSWER = "answer"  # accept or decline what the other side offers


CANDIDACY = Policy(
    {
        CandidacyAction.SORT: ((at_the_merchants, _LEAD),),
        CandidacyAction.OFFER: ((at_the_merchants, _LEAD),),
        CandidacyAction.COUNTER: ((at_the_anchors, _ACTIVE), (at_the_merchants, _LEAD)),
        CandidacyAction.WITHDRAW: ((at_the_anchors, _ACTIVE),),
        CandidacyAction.ANSWER: ((at_the_anchors, _LEAD), (at_the_merchants, _LEAD)),
    }
)
