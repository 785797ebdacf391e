"""The products that a V task is about, while it is a draft."""

from collections.abc import Mapping

from marketplace.campaigns.errors import TooManyProducts
from marketplace.campaigns.models import MOST_PRODUCTS, TaskProduct
from marketplace.campaigns.steps.drafts import lock_draft
from marketplace.campaigns.steps.products import show_product, take_product, write_product
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.tx import use_case
from marketplace.media.originals import Original


@use_case
def put_product(
    *, actor: Actor, public_id: str, place: int, fields: Mapping[str, object], picture: Original | None = None
) -> TaskProduct:
    """What stands at this place (1 to 6) from now on: a new product, or other words for the one that is there.

    `fields` are name, price_minor, currency, link; what is left out stays. The same again is the same, so that a form
    that saves itself twice makes one product. Raises TermsAreFixed, TooManyProducts, ProductUnnamed, LinkNotAccepted.
    """
    task = lock_draft(actor, public_id)
    if not 1 <= place <= MOST_PRODUCTS:
        raise TooManyProducts(most=MOST_PRODUCTS)
    product = task.products.filter(place=place).first() or TaskProduct(place=place, currency=task.currency)
    product.task = task
    write_product(product, fields)
    if picture is not None:
        show_product(product, picture, by=actor)
    return product


@use_case
def remove_product(*, actor: Actor, public_id: str, product: str) -> None:
    """Its picture goes too, unless a copy of the task shows it. Raises NotFound, TermsAreFixed."""
    task = lock_draft(actor, public_id)
    found = task.products.filter(public_id=product).first()
    if found is None:
        raise NotFound
    take_product(found, by=actor)
