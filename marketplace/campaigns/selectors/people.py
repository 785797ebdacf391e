"""What the ground knows of an anchor: her card."""

from collections.abc import Iterable, Mapping
from typing import Any

from marketplace.accounts.models import Party, PartyCard


def facts_of(party: Party) -> Mapping[str, Any]:
    """The typed facts on a party's card; empty when its side has written none yet."""
    return PartyCard.objects.filter(party=party).values_list("facts", flat=True).first() or {}


def works_of(facts: Mapping[str, Any], ids: Iterable[str] | None = None) -> list[dict[str, str]]:
    """Pieces of work that her card shows (`id`, `caption`, `note`, `link`, `picture`), in her order; or those chosen.

    One that she has taken down since is not among them.
    """
    wanted = None if ids is None else set(ids)
    return [work for work in facts.get("works", []) if wanted is None or work["id"] in wanted]
