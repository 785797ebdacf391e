"""Versions of the contract's words, edited and published the way compliance does it."""

from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module

from marketplace.contracts.library.clause import ClauseText
from marketplace.contracts.models import ContractTemplate
from marketplace.contracts.selectors.templates import clauses_of, in_force
from marketplace.contracts.services.templates import copy_template, edit_template, publish_template
from tests.factories.people import Person

FIRST = import_module("marketplace.contracts.migrations._words_2026_11_2")


def first_words() -> list[ClauseText]:
    """Those that come with the program, without a database."""
    rows = enumerate(FIRST.CLAUSES, start=1)
    return [ClauseText(place=place * 10, **dict(zip(FIRST.COLUMNS, row, strict=True))) for place, row in rows]


def changed(clauses: Sequence[ClauseText], key: str, **columns: str) -> list[ClauseText]:
    return [replace(one, **columns) if one.key == key else one for one in clauses]


def begun(person: Person) -> ContractTemplate:
    return copy_template(actor=person.actor, public_id=in_force().public_id)


def edited(person: Person, draft: ContractTemplate, key: str = "no-round", **columns: str) -> ContractTemplate:
    """One clause of it says something else."""
    columns = columns or {"text_en": "None can be bought.", "text_zh": "不可加购。"}
    clauses = changed(clauses_of(draft), key, **columns)
    draft.refresh_from_db()
    return edit_template(
        actor=person.actor, public_id=draft.public_id, seen=draft.edits, note="Shorter.", clauses=clauses
    )


def published(person: Person, draft: ContractTemplate) -> ContractTemplate:
    return publish_template(actor=person.actor, public_id=draft.public_id, seen=draft.edits)
