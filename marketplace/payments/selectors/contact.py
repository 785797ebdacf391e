"""What a provider is told of a payee before she tells it more herself."""

from marketplace.accounts.models import Party
from marketplace.accounts.selectors import emails_of
from marketplace.core.actor import Role


def contact_of(party: Party) -> str:
    """The owner's address; empty when she has left."""
    owner = emails_of(party.pk, Role.OWNER).order_by("pk").first()
    return owner.email if owner else ""


def country_of(party: Party) -> str:
    """Two letters, of the person or company in law; empty when nobody has said."""
    return party.legal_entity.country if party.legal_entity else ""
