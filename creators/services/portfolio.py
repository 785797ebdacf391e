"""The work that an anchor shows, in her order."""

from creators.errors import PortfolioFull
from creators.events import AnchorFileSaved
from creators.limits import PORTFOLIO
from creators.models import AnchorFile, PortfolioItem
from creators.steps.directory import publish_file
from creators.steps.files import lock_own_file
from marketplace.accounts.models import Party
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.record import record
from marketplace.core.tx import use_case
from marketplace.media.originals import Original
from marketplace.media.steps.assets import create_asset, erase_asset

PIECE = "portfolio"


@use_case
def add_piece(
    *, actor: Actor, caption: str, note: str = "", link: str = "", original: Original | None = None
) -> PortfolioItem:
    """At the end of the row. A picture, a link, or both. Raises Forbidden, PortfolioFull."""
    party, file = lock_own_file(actor)
    pieces = list(file.portfolio.all())
    if len(pieces) >= PORTFOLIO:
        raise PortfolioFull(most=PORTFOLIO)
    picture = create_asset(original, party=party, purpose=PIECE, by=actor, alt=caption).public_id if original else ""
    position = pieces[-1].position + 1 if pieces else 1
    piece = PortfolioItem.objects.create(
        file=file, position=position, caption=caption, note=note, link=link, picture=picture
    )
    _changed(file, party, actor)
    return piece


@use_case
def change_piece(*, actor: Actor, public_id: str, caption: str, note: str = "", link: str = "") -> PortfolioItem:
    """Its words and its link. Raises NotFound, Forbidden."""
    party, file = lock_own_file(actor)
    piece = _own(file, public_id)
    piece.caption, piece.note, piece.link = caption, note, link
    piece.save(update_fields=["caption", "note", "link"])
    _changed(file, party, actor)
    return piece


@use_case
def move_piece(*, actor: Actor, public_id: str, earlier: bool) -> None:
    """One place towards the beginning, or the end; at the edge nothing happens. Raises NotFound, Forbidden."""
    party, file = lock_own_file(actor)
    piece = _own(file, public_id)
    others = file.portfolio.filter(position__lt=piece.position) if earlier else None
    neighbour = others.last() if others is not None else file.portfolio.filter(position__gt=piece.position).first()
    if neighbour is None:
        return
    piece.position, neighbour.position = neighbour.position, piece.position
    PortfolioItem.objects.bulk_update([piece, neighbour], ["position"])
    _changed(file, party, actor)


@use_case
def remove_piece(*, actor: Actor, public_id: str) -> None:
    """Its picture is erased with it. Raises NotFound, Forbidden."""
    party, file = lock_own_file(actor)
    piece = _own(file, public_id)
    picture = piece.picture
    piece.delete()
    _changed(file, party, actor)
    if picture:
        erase_asset(picture, by=actor, why="removed")


def _own(file: AnchorFile, public_id: str) -> PortfolioItem:
    try:
        return file.portfolio.get(public_id=public_id)
    except PortfolioItem.DoesNotExist:
        raise NotFound from None


def _changed(file: AnchorFile, party: Party, actor: Actor) -> None:
    publish_file(file, party)
    record(AnchorFileSaved(aggregate=party.public_id, section="portfolio"), by=actor)
