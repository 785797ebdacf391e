"""Making a row of an upload, for those who need nothing beside it."""

from marketplace.accounts.steps.parties import lock_own_party
from marketplace.core.actor import Actor
from marketplace.core.tx import use_case
from marketplace.media.models import Access, Asset
from marketplace.media.originals import Original
from marketplace.media.policies import MEDIA, MediaAction
from marketplace.media.steps.assets import create_asset, erase_asset


@use_case
def record_upload(
    *, actor: Actor, original: Original, purpose: str, access: Access = Access.PUBLIC, alt: str = ""
) -> Asset:
    """An asset of the party that the actor acts for. Raises Forbidden."""
    party = lock_own_party(actor)
    MEDIA.authorise(actor, MediaAction.UPLOAD, party)
    return create_asset(original, party=party, purpose=purpose, by=actor, access=access, alt=alt)


@use_case
def erase(*, actor: Actor, public_id: str, why: str) -> None:
    """The platform takes a file away. Raises Forbidden, NotFound."""
    MEDIA.authorise(actor, MediaAction.PROCESS)
    erase_asset(public_id, by=actor, why=why)
