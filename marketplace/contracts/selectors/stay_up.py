"""Questions about what should stay up, for the sides of its contract."""

from django.db.models import QuerySet

from marketplace.contracts.models import StayUpQuestion
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound


def list_stay_up_questions(actor: Actor, contract_public_id: str) -> QuerySet[StayUpQuestion]:
    """Newest first."""
    mine = StayUpQuestion.objects.visible_to(actor).filter(deliverable__contract__public_id=contract_public_id)
    return mine.select_related("deliverable", "by").order_by("-id")


def get_stay_up_question(actor: Actor, public_id: str) -> StayUpQuestion:
    """Raises NotFound for another's."""
    try:
        return StayUpQuestion.objects.visible_to(actor).select_related("deliverable__contract").get(public_id=public_id)
    except StayUpQuestion.DoesNotExist:
        raise NotFound from None
