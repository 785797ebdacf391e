"""What is derived from an anchor file: the row of the directory and the card that the ground reads."""

from creators.bands import bands_of
from creators.models import AnchorFile
from marketplace.accounts.models import Party
from marketplace.accounts.models.party import PartyState
from marketplace.accounts.steps.cards import write_card
from marketplace.core import clock
from marketplace.core.tx import step


@step
def publish_file(file: AnchorFile, party: Party) -> None:
    """Write the file's row and card anew; every change of a file ends here."""
    channels = list(file.channels.order_by("-followers", "id"))
    listed = file.is_public and party.state == PartyState.ACTIVE
    file.platforms = sorted({channel.platform for channel in channels})
    file.verified = sorted({channel.platform for channel in channels if channel.is_verified})
    file.followers = max((channel.followers for channel in channels), default=0)
    file.prices = {rate.form: {rate.currency: rate.price_minor} for rate in file.rates.all()}
    file.bands = bands_of(file.followers, file.prices)
    file.search_text = "\n".join([party.name, file.bio, *(channel.handle for channel in channels)])
    file.listed_at = (file.listed_at or clock.now()) if listed else None
    file.updated_at = clock.now()
    file.save()
    facts = {
        "categories": file.categories,
        "region": file.region,
        "languages": file.languages,
        "channels": [
            {
                "platform": channel.platform,
                "handle": channel.handle,
                "followers": channel.followers,
                "proof": str(channel.state),
            }
            for channel in channels
        ],
        "works": [
            {
                "id": piece.public_id,
                "caption": piece.caption,
                "note": piece.note,
                "link": piece.link,
                "picture": piece.picture,
            }
            for piece in file.portfolio.all()
        ],
    }
    write_card(party, facts=facts, url_name="anchor", about=file.search_text, listed=listed)
