"""Reads about objections to a reliability record."""

from collections.abc import Iterable

from marketplace.compliance.models import Objection
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound


def get_objection(actor: Actor, public_id: str) -> Objection:
    """Raises NotFound for everybody but its party and compliance."""
    try:
        return Objection.objects.visible_to(actor).select_related("party", "other").get(public_id=public_id)
    except Objection.DoesNotExist:
        raise NotFound from None


def own_objection(party_id: int, source: str, subject: str) -> Objection | None:
    return Objection.objects.filter(party_id=party_id, source=source, subject=subject).first()


def objections_to(party_id: int, source: str, subjects: Iterable[str]) -> dict[str, Objection]:
    """The party's own, by what they are about."""
    found = Objection.objects.filter(party_id=party_id, source=source, subject__in=list(subjects))
    return {one.subject: one for one in found}
