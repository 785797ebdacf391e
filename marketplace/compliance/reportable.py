"""Merchants of either side, by their cards."""

from marketplace.accounts.models import Party
from marketplace.accounts.models.party import MERCHANT_KINDS, PartyState
from marketplace.compliance.subjects import Subject, reportable
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound


@reportable("merchant")
def find_merchant(actor: Actor, public_id: str) -> Subject:
    shown = Party.objects.filter(kind__in=MERCHANT_KINDS, state=PartyState.ACTIVE, card__url_name__gt="")
    party = shown.select_related("card").filter(public_id=public_id).first()
    if party is None:
        raise NotFound
    card = party.card
    card.party = party
    return Subject("merchant", public_id, party.name, card.url, party.pk, {"name": card.name, "about": card.about})
