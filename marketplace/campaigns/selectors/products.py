"""A task's pictures: its own and those of the products that it is about."""

from dataclasses import dataclass

from marketplace.campaigns.models import TaskProduct, VTask
from marketplace.core.actor import Actor
from marketplace.media.selectors import PictureView, pictures_of


@dataclass(frozen=True, slots=True)
class Shown:
    photo: PictureView | None
    products: list[tuple[TaskProduct, PictureView | None]]


def shown_of(actor: Actor, task: VTask) -> Shown:
    """One query for the products and two for all pictures together."""
    products = list(task.products.all())
    photos = pictures_of(actor, [task.picture, *(one.picture for one in products)])
    return Shown(photos.get(task.picture), [(one, photos.get(one.picture)) for one in products])
