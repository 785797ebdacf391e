"""Who else may fetch a party's files, and who of them without an overlay: apps above this one say so, each by a
condition on the asset's own row."""

from collections.abc import Callable

from django.db.models import Q

from marketplace.core.actor import Actor

Grant = Callable[[Actor], Q]
_grants: list[Grant] = []
_whole: list[Grant] = []


def grant(condition: Grant) -> None:
    """Register a condition under which an asset of access PARTY is shown to `actor`'s party as well."""
    if condition not in _grants:
        _grants.append(condition)


def grant_whole(condition: Grant) -> None:
    """Register a condition under which `actor`'s party, to whom it is shown, has it without an overlay."""
    if condition not in _whole:
        _whole.append(condition)


def granted_to(actor: Actor) -> Q:
    """Any of them; none when nobody has registered one."""
    return _any_of(_grants, actor)


def whole_to(actor: Actor) -> Q:
    """Any of them. Whom nothing is granted to is shown drafts only."""
    return _any_of(_whole, actor)


def _any_of(conditions: list[Grant], actor: Actor) -> Q:
    met = Q(pk__in=())
    for condition in conditions:
        met |= condition(actor)
    return met
