from django.db.models import QuerySet

from marketplace.campaigns.models import SavedSearch
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound


def list_searches(actor: Actor) -> QuerySet[SavedSearch]:
    """One's own, for whichever party one acts."""
    return SavedSearch.objects.filter(user_id=actor.user_id).order_by("-id")


def get_search(actor: Actor, public_id: str) -> SavedSearch:
    try:
        return list_searches(actor).get(public_id=public_id)
    except SavedSearch.DoesNotExist:
        raise NotFound from None
