from marketplace.accounts.models import Party, PartyCard
from marketplace.core import clock
from marketplace.core.tx import step


@step
def write_card(
    party: Party, *, facts: dict[str, object], url_name: str = "", about: str = "", listed: bool = False
) -> None:
    """What the ground shows of a party; its side calls this whenever the facts change.

    `listed`: directories show it, since the first time that it was so.
    """
    card = _card_of(party)
    card.name, card.facts, card.url_name, card.about = party.name, facts, url_name, about
    card.listed_at = (card.listed_at or clock.now()) if listed else None
    card.updated_at = clock.now()
    card.save(update_fields=["name", "facts", "url_name", "about", "listed_at", "updated_at"])


@step
def set_card_picture(party: Party, asset: str) -> str:
    """Put the public id of a media asset (or nothing) on a party's card; returns the one that was there."""
    card = _card_of(party)
    earlier, card.picture, card.face_width, card.updated_at = card.picture, asset, 0, clock.now()
    card.save(update_fields=["picture", "face_width", "updated_at"])
    return earlier


@step
def set_card_face(party_id: int, asset: str, width: int) -> None:
    """The picture is drawn: its smallest rendition is this wide. Another picture's news changes nothing."""
    PartyCard.objects.filter(party_id=party_id, picture=asset).update(face_width=width)


def _card_of(party: Party) -> PartyCard:
    new = {"kind": party.kind, "name": party.name, "updated_at": clock.now()}
    return PartyCard.objects.get_or_create(party=party, defaults=new)[0]
