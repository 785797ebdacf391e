"""Nobody makes a deal with herself: asked at every application, offer and signature."""

from marketplace.accounts.models import LegalEntity, Membership, Party
from marketplace.contracts.errors import SelfDealing
from marketplace.core.tx import step


@step
def refuse_self_dealing(one: Party, other: Party) -> None:
    """Raises SelfDealing when the two share a member, a legal entity or a tax number (domain: parties and people)."""
    if share_a_member(one, other) or share_a_company(one, other):
        raise SelfDealing(one=one.name, other=other.name)


def share_a_member(one: Party, other: Party) -> bool:
    theirs = Membership.objects.filter(party=other, removed_at=None).values("user_id")
    return Membership.objects.filter(party=one, removed_at=None, user_id__in=theirs).exists()


def share_a_company(one: Party, other: Party) -> bool:
    if one.legal_entity_id is None or other.legal_entity_id is None:
        return False
    if one.legal_entity_id == other.legal_entity_id:
        return True
    entities = LegalEntity.objects.in_bulk([one.legal_entity_id, other.legal_entity_id])
    a, b = entities[one.legal_entity_id], entities[other.legal_entity_id]
    return bool(a.tax_id) and (a.country, normal(a.tax_id)) == (b.country, normal(b.tax_id))


def normal(tax_id: str) -> str:
    """As people write it: spaces, dashes and case do not make another number."""
    return "".join(character for character in tax_id.upper() if character.isalnum())
