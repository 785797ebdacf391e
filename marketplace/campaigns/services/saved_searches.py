"""Filters that a person wants to hear about."""

from marketplace.campaigns.errors import TooManySearches
from marketplace.campaigns.models import SavedSearch
from marketplace.core.actor import Actor
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.tx import use_case

MOST = 20


@use_case
def save_search(*, actor: Actor, name: str, query: str) -> SavedSearch:
    """`query` in the hall's one spelling; the same again is the same. Raises TooManySearches, Forbidden."""
    if actor.user_id is None:
        raise Forbidden(action="save_search")
    mine = SavedSearch.objects.filter(user_id=actor.user_id)
    if known := mine.filter(query=query).first():
        return known
    if mine.count() >= MOST:
        raise TooManySearches(most=MOST)
    return SavedSearch.objects.create(user_id=actor.user_id, name=name.strip()[:60], query=query)


@use_case
def rename_search(*, actor: Actor, public_id: str, name: str) -> SavedSearch:
    search = SavedSearch.objects.select_for_update().filter(user_id=actor.user_id, public_id=public_id).first()
    if search is None:
        raise NotFound
    search.name = name.strip()[:60]
    search.save(update_fields=["name"])
    return search


@use_case
def forget_search(*, actor: Actor, public_id: str) -> None:
    """Again: nothing happens."""
    SavedSearch.objects.filter(user_id=actor.user_id, public_id=public_id).delete()
