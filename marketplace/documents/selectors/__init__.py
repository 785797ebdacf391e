from django.db.models import QuerySet

from marketplace.contracts.models import Release
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.documents.models import Document


def list_documents(actor: Actor, *, kind: str = "", year: int | None = None) -> QuerySet[Document]:
    """Those of the party that the actor acts for."""
    found = Document.objects.visible_to(actor).filter(party_id=actor.party_id)
    if kind:
        found = found.filter(kind=kind)
    return found.filter(series__year=year) if year else found


def years_of(actor: Actor) -> list[int]:
    """In which the party was issued anything, the latest first."""
    years = list_documents(actor).values_list("series__year", flat=True).distinct()
    return sorted(set(years), reverse=True)


def get_document(actor: Actor, public_id: str) -> Document:
    """Of the party that the actor acts for. Raises NotFound."""
    try:
        return list_documents(actor).select_related("party").get(public_id=public_id)
    except Document.DoesNotExist:
        raise NotFound from None


def get_release(public_id: str) -> Release:
    """For staff. Raises NotFound."""
    try:
        return Release.objects.select_related("contract__merchant").get(public_id=public_id)
    except Release.DoesNotExist:
        raise NotFound from None
