"""Who else may fetch a party's files: apps above this one say so, each by a condition on the asset's own row."""

from collections.abc import Callable

from django.db.models import Q

from marketplace.core.actor import Actor

Grant = Callable[[Actor], Q]
_grants: list[Grant] = []


def grant(condition: Grant) -> None:
    """Register a condition under which an asset of access PARTY is shown to `actor`'s party as well."""
    if condition not in _grants:
        _grants.append(condition)


def granted_to(actor: Actor) -> Q:
    """Any of them; none when nobody has registered one."""
    shown = Q(pk__in=())
    for condition in _grants:
        shown |= condition(actor)
    return shown
