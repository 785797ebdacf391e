from marketplace.accounts.models import Party, PartyCard
from marketplace.core import clock
from marketplace.core.tx import step


@step
def write_card(party: Party, *, facts: dict[str, object], url_name: str = "") -> None:
    """What the ground shows of a party; its side calls this whenever the facts change."""
    card = {"name": party.name, "facts": facts, "url_name": url_name, "updated_at": clock.now()}
    PartyCard.objects.update_or_create(party=party, defaults=card)


@step
def set_card_picture(party: Party, asset: str) -> str:
    """Put the public id of a media asset (or nothing) on a party's card; returns the one that was there."""
    card, _made = PartyCard.objects.get_or_create(party=party, defaults={"name": party.name, "updated_at": clock.now()})
    earlier, card.picture, card.updated_at = card.picture, asset, clock.now()
    card.save(update_fields=["picture", "updated_at"])
    return earlier
