from marketplace.accounts.models import Party, PartyCard
from marketplace.core import clock
from marketplace.core.tx import step


@step
def write_card(party: Party, *, facts: dict[str, object], url_name: str = "") -> None:
    """What the ground shows of a party; its side calls this whenever the facts change."""
    card = {"name": party.name, "facts": facts, "url_name": url_name, "updated_at": clock.now()}
    PartyCard.objects.update_or_create(party=party, defaults=card)
