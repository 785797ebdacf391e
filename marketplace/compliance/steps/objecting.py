"""What the moves of an objection share."""

from marketplace.accounts.models import Party
from marketplace.compliance.errors import OwnSubject, TooFewWords
from marketplace.compliance.models import Objection
from marketplace.compliance.policies import OBJECTIONS, ObjectionAction
from marketplace.compliance.selectors import belongs_to
from marketplace.compliance.selectors.objections import get_objection
from marketplace.core.actor import Actor
from marketplace.core.locks import lock
from marketplace.core.tx import step
from marketplace.reliability.measures import Source
from marketplace.reliability.selectors.observations import Observation
from marketplace.reliability.steps.striking import strike_out

LEAST_LETTERS = 20


def said(words: str) -> str:
    """Raises TooFewWords."""
    words = words.strip()
    if len(words) < LEAST_LETTERS:
        raise TooFewWords(least=LEAST_LETTERS)
    return words


def facts_of(source: Source, seen: Observation) -> dict[str, object]:
    """The observation as it is counted now."""
    return {
        "place": seen.place,
        "began_at": seen.began_at.isoformat(),
        "ended_at": seen.ended_at.isoformat(),
        "hours": seen.hours,
        "missed": seen.missed,
        "page": source.page,
    }


@step
def lock_objection(actor: Actor, public_id: str, action: ObjectionAction) -> Objection:
    """By somebody who sees it and may do this. Staff of either side decide nothing about it.

    Raises NotFound, Forbidden, OwnSubject.
    """
    seen = get_objection(actor, public_id)
    objection = lock(Objection.objects.filter(pk=seen.pk), "objection")[0]
    OBJECTIONS.authorise(actor, action, objection)
    if action == ObjectionAction.DECIDE:
        sides = (objection.party_id, objection.other_id)
        if objection.by_id == actor.user_id or any(belongs_to(actor.user_id, side) for side in sides):
            raise OwnSubject
    return objection


@step
def strike(objection: Objection, reason: str, *, by: Actor) -> None:
    strike_out(objection.source, objection.subject, case=objection.public_id, reason=reason, by=by)


def party_of(actor: Actor) -> Party:
    return Party.objects.get(pk=actor.party_id)
