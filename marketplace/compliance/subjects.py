"""What can be reported. Each app names its own kinds in a `reportable.py`, so that this one knows none of them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound


@dataclass(frozen=True, slots=True)
class Subject:
    """`snapshot` is what it said when it was reported; `party_id` whose it is."""

    kind: str
    public_id: str
    title: str
    url: str
    party_id: int
    snapshot: dict[str, str] = field(default_factory=dict)


Find = Callable[[Actor, str], Subject]
_finders: dict[str, Find] = {}
_private: set[str] = set()


def reportable(kind: str, *, private: bool = False) -> Callable[[Find], Find]:
    """Register a function that finds a thing of this kind for somebody who may see it, or raises NotFound. What is
    `private` stands where staff may not go: they have the snapshot.
    """

    def register(find: Find) -> Find:
        _finders[kind] = find
        if private:
            _private.add(kind)
        return find

    return register


def get_subject(actor: Actor, kind: str, public_id: str) -> Subject:
    """Raises NotFound for an unknown kind, and for what the actor may not see."""
    if kind not in _finders:
        raise NotFound
    return _finders[kind](actor, public_id)


def staff_may_open(kind: str) -> bool:
    return kind not in _private
