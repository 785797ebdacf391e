"""What the page of a merchant, brand or supplier alike, shows of its V tasks and of how it treats those who apply."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import NoReverseMatch, reverse

from marketplace.accounts.models import Party
from marketplace.accounts.models.party import PartyState
from marketplace.accounts.selectors import is_verified
from marketplace.campaigns.models import VTask
from marketplace.core import clock
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.errors import NotFound
from marketplace.media.selectors import PictureView, pictures_of
from marketplace.reliability.measures import WINDOW
from marketplace.reliability.selectors.figures import Record, record_of

MOST = 12


@dataclass(frozen=True, slots=True)
class MerchantPage:
    """`tasks` are dictionaries for `<c-task-card>`; `tasks_opened` counts those of the last 180 days."""

    party: Party
    picture: PictureView | None
    tasks: Sequence[dict[str, Any]]
    more: bool
    tasks_opened: int
    record: Record
    is_verified: bool
    is_own: bool


def get_merchant_page(actor: Actor, party_public_id: str, kind: str) -> MerchantPage:
    """An active merchant, for everybody; one in its first steps for its own people. Raises NotFound."""
    seen = Q(state=PartyState.ACTIVE) | Q(pk=actor.party_id or 0)
    if actor.staff_roles & {StaffRole.OPERATIONS, StaffRole.COMPLIANCE}:
        seen = Q()
    party = Party.objects.filter(seen, public_id=party_public_id, kind=kind).select_related("card").first()
    if party is None:
        raise NotFound
    tasks = list(VTask.objects.public().filter(party=party).order_by("-opened_at", "-id")[: MOST + 1])
    pictures = pictures_of(actor, [party.card.picture, *(task.picture for task in tasks)])
    return MerchantPage(
        party=party,
        picture=pictures.get(party.card.picture),
        tasks=[task_card(task, party, pictures.get(task.picture)) for task in tasks[:MOST]],
        more=len(tasks) > MOST,
        tasks_opened=VTask.objects.filter(party=party, opened_at__gte=clock.now() - WINDOW).count(),
        record=record_of(party),
        is_verified=is_verified(party.pk, "merchant"),
        is_own=actor.party_id == party.pk,
    )


def task_card(task: VTask, party: Party, picture: PictureView | None) -> dict[str, Any]:
    fee = task.fee_max if task.has_fee else None
    return {
        "url": _task_url(task),
        "title": task.title,
        "merchant": party.name,
        "mark": party.card.face,
        "form": task.get_form_display(),
        "picture": picture.src if picture and picture.is_ready else "",
        "ground": task.pk % 6 or 6,
        "price": fee.figure if fee else "",
        "currency": task.currency,
        "extra": "" if fee else task.get_price_model_display(),
        "funds": ("protected" if task.is_funded else "signing") if fee else "",
    }


def _task_url(task: VTask) -> str:
    """Empty while the hall has no pages."""
    try:
        return reverse("task", args=[task.public_id])
    except NoReverseMatch:
        return ""
