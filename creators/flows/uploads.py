"""Pictures on their way into an anchor file: the bytes to storage first, then the row that knows them."""

from creators.models import PortfolioItem
from creators.services.portfolio import add_piece
from creators.services.sections import set_cover
from marketplace.core.actor import Actor
from marketplace.media.checked import Checked
from marketplace.media.flows.upload import stored
from marketplace.media.models import Asset


def upload_cover(*, actor: Actor, file: Checked) -> Asset:
    return stored(file, lambda original: set_cover(actor=actor, original=original))


def upload_piece(*, actor: Actor, picture: Checked | None, caption: str, note: str, link: str) -> PortfolioItem:
    """A piece without a picture is its link."""
    words = {"caption": caption, "note": note, "link": link}
    if picture is None:
        return add_piece(actor=actor, **words)
    return stored(picture, lambda original: add_piece(actor=actor, original=original, **words))
