"""What the ground knows of an anchor: her card."""

from collections.abc import Mapping
from typing import Any

from marketplace.accounts.models import Party, PartyCard


def facts_of(party: Party) -> Mapping[str, Any]:
    """The typed facts on a party's card; empty when its side has written none yet."""
    return PartyCard.objects.filter(party=party).values_list("facts", flat=True).first() or {}
