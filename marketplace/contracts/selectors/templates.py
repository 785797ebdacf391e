"""Versions of the contract's words: the one in force for drafting, and what staff read about the others."""

from dataclasses import dataclass

from marketplace.contracts.library.clause import ClauseText
from marketplace.contracts.library.difference import ClauseChange, changes
from marketplace.contracts.machine import TemplateState
from marketplace.contracts.models import ContractTemplate
from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound

KEPT = 8


@dataclass(frozen=True, slots=True)
class Wording:
    version: str
    clauses: tuple[ClauseText, ...]


# By public id, in this process. What is published never changes, so nothing in it grows stale.
_kept: dict[str, Wording] = {}


def wording_in_force() -> Wording:
    """What contracts are drafted from. Which version that is, is asked every time: a publication is seen at once."""
    template = in_force()
    if template.public_id not in _kept:
        while len(_kept) >= KEPT:
            _kept.pop(next(iter(_kept)), None)
        _kept[template.public_id] = Wording(template.version, clauses_of(template))
    return _kept[template.public_id]


def in_force() -> ContractTemplate:
    return ContractTemplate.objects.get(state=TemplateState.PUBLISHED)


def clauses_of(template: ContractTemplate) -> tuple[ClauseText, ...]:
    return tuple(clause.as_text() for clause in template.clauses.order_by("place"))


def get_template(actor: Actor, public_id: str) -> ContractTemplate:
    """Raises NotFound."""
    template = ContractTemplate.objects.visible_to(actor).filter(public_id=public_id).first()
    if template is None:
        raise NotFound
    return template


def difference_of(template: ContractTemplate) -> tuple[ContractTemplate | None, list[ClauseChange]]:
    """What it changes of the version in force; of a version that was in force itself, of the one that it replaced."""
    before = in_force() if template.is_draft else template.replaces
    return before, changes(clauses_of(before) if before else (), clauses_of(template))
