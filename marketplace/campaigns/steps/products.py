"""The products of a draft: written at a place, taken away, replaced as a whole, and shared by a copy."""

from collections.abc import Mapping, Sequence

from marketplace.campaigns.errors import LinkNotAccepted, ProductUnnamed, TooManyProducts
from marketplace.campaigns.links import plain_https
from marketplace.campaigns.models import MOST_PRODUCTS, TaskProduct, VTask
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.ids import new_id
from marketplace.core.tx import step
from marketplace.media.models import Access
from marketplace.media.originals import Original
from marketplace.media.steps.assets import create_asset, erase_asset

PICTURE = "product_picture"


@step
def write_product(product: TaskProduct, fields: Mapping[str, object]) -> TaskProduct:
    """Raises ProductUnnamed, LinkNotAccepted. What `fields` does not name stays as it was."""
    for name, value in fields.items():
        setattr(product, name, value)
    product.name = " ".join(product.name.split())
    if not product.name:
        raise ProductUnnamed
    if product.link:
        try:
            product.link = plain_https(product.link)
        except ValueError:
            raise LinkNotAccepted from None
    product.save()
    return product


@step
def show_product(product: TaskProduct, picture: Original, *, by: Actor) -> None:
    """The new picture stands at once; the old one is erased, unless a copy shows it."""
    task = product.task
    asset = create_asset(picture, party=task.party, purpose=PICTURE, by=by, access=Access.PUBLIC, alt=product.name)
    earlier, product.picture = product.picture, asset.public_id
    product.save(update_fields=["picture"])
    _erase(earlier, by=by, why="replaced")


@step
def take_product(product: TaskProduct, *, by: Actor) -> None:
    product.delete()
    _erase(product.picture, by=by, why="removed")


@step
def replace_products(task: VTask, rows: Sequence[Mapping[str, object]], *, by: Actor) -> None:
    """These, in this order. One that is named by its `id` keeps its picture; one that is not named goes.

    Raises NotFound for an id that is no product of this task, TooManyProducts, and what `write_product` raises.
    """
    if len(rows) > MOST_PRODUCTS:
        raise TooManyProducts(most=MOST_PRODUCTS)
    present = {one.public_id: one for one in task.products.all()}
    named = [row["id"] for row in rows if row.get("id")]
    if len(named) != len(set(named)) or not set(named) <= set(present):
        raise NotFound
    for public_id in set(present) - set(named):
        take_product(present[public_id], by=by)
    for place, row in enumerate(rows, 1):
        product = present[row["id"]] if row.get("id") else TaskProduct(task=task)
        product.place = place
        write_product(product, {name: value for name, value in row.items() if name != "id"})


@step
def copy_products(task: VTask, copy: VTask) -> None:
    """The same words and pictures; each copy's product has an id of its own."""
    for product in task.products.all():
        product.pk, product.public_id, product.task = None, new_id("prd"), copy
        product._state.adding = True
        product.save()


def _erase(picture: str, *, by: Actor, why: str) -> None:
    if picture and not TaskProduct.objects.filter(picture=picture).exists():
        erase_asset(picture, by=by, why=why)
