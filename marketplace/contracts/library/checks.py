"""What must be mended before a version is published: pure, from the clauses alone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from marketplace.contracts.library.clause import ClauseText, Words
from marketplace.contracts.library.conditions import combinations, holds, is_known
from marketplace.contracts.library.matters import MATTERS, Matter
from marketplace.contracts.library.placeholders import PLACE, PLACEHOLDERS, named_in

# As the sealed PDF finds them again (`sealing/sheet.py`).
HEADINGS = {Words.HEADING_EN: re.compile(r"[A-Z][A-Z, ]+"), Words.HEADING_ZH: re.compile(r"\S{1,12}")}
PAIRS = ((Words.HEADING_EN, Words.HEADING_ZH), (Words.TEXT_EN, Words.TEXT_ZH))
BRACES = re.compile(r"\{\{|\}\}|\{%|%\}|\{#|#\}")


@dataclass(frozen=True, slots=True)
class Finding:
    """`code` has its words in `wording`; `key` and `column` say beside what it stands; both empty: the whole version.

    `of` names what is meant: placeholders, conditions, the code of a matter.
    """

    code: str
    key: str = ""
    column: str = ""
    of: tuple[str, ...] = ()
    where: Mapping[str, bool] = field(default_factory=dict)


def check(clauses: Sequence[ClauseText]) -> list[Finding]:
    """Everything that is wrong, clause by clause and then as a whole. Empty: it can be published."""
    found = [finding for clause in clauses for finding in _in_clause(clause)]
    return found + [finding for matter in MATTERS for finding in _missing(matter, clauses)]


def _in_clause(clause: ClauseText) -> Iterator[Finding]:
    yield from _languages(clause)
    yield from _headings(clause)
    for column in (Words.TEXT_EN, Words.TEXT_ZH, Words.HEADING_EN, Words.HEADING_ZH):
        yield from _places(clause, column)
    only_en, only_zh = _difference(named_in(clause.text_en), named_in(clause.text_zh))
    if clause.text_en and clause.text_zh:
        if only_en:
            yield Finding("placeholders_differ", clause.key, Words.TEXT_ZH, only_en)
        if only_zh:
            yield Finding("placeholders_differ", clause.key, Words.TEXT_EN, only_zh)
    yield from _conditions(clause)


def _languages(clause: ClauseText) -> Iterator[Finding]:
    for english, chinese in PAIRS:
        given = {column: bool(getattr(clause, column)) for column in (english, chinese)}
        if any(given.values()):
            yield from (Finding("language_missing", clause.key, column) for column, there in given.items() if not there)
    if not (clause.opens_section or clause.text_en or clause.text_zh):
        yield from (Finding("language_missing", clause.key, column) for column in (Words.TEXT_EN, Words.TEXT_ZH))


def _headings(clause: ClauseText) -> Iterator[Finding]:
    for column, form in HEADINGS.items():
        heading = getattr(clause, column)
        if heading and not form.fullmatch(heading):
            yield Finding(f"{column}_form", clause.key, column)
    if clause.opens_section and clause.conditions:
        yield Finding("section_conditional", clause.key, "only_if")


def _places(clause: ClauseText, column: str) -> Iterator[Finding]:
    """Values stand in texts only; a heading has none."""
    text = getattr(clause, column)
    unknown = tuple(name for name in named_in(text) if name not in PLACEHOLDERS)
    if unknown:
        yield Finding("placeholder_unknown", clause.key, column, unknown)
    if BRACES.search(text if column in HEADINGS else PLACE.sub("", text)):
        yield Finding("braces", clause.key, column)


def _conditions(clause: ClauseText) -> Iterator[Finding]:
    columns = {"only_if": clause.only_if, "and_if": clause.and_if}
    unknown = {column: code for column, code in columns.items() if code and not is_known(code)}
    yield from (Finding("condition_unknown", clause.key, column, (code,)) for column, code in unknown.items())
    if unknown:
        return
    if not any(_hold(clause.conditions, facts) for facts in combinations(clause.conditions)):
        yield Finding("never_said", clause.key, "and_if" if clause.and_if else "only_if", clause.conditions)
        return
    for column in (Words.TEXT_EN, Words.TEXT_ZH):
        for name in named_in(getattr(clause, column)):
            needs = PLACEHOLDERS[name].needs if name in PLACEHOLDERS else ()
            ways = combinations((*clause.conditions, *needs))
            if any(_hold(clause.conditions, facts) and not _hold(needs, facts) for facts in ways):
                yield Finding("value_missing", clause.key, column, (name, *needs))


def _missing(matter: Matter, clauses: Sequence[ClauseText]) -> Iterator[Finding]:
    """Once a matter: the first way in which nothing says it."""
    known = [clause for clause in clauses if all(is_known(code) for code in clause.conditions)]
    for name in matter.placeholders or ("",):
        saying = [clause for clause in known if _says(clause, name, matter)]
        codes = {code for clause in saying for code in clause.conditions} | set(matter.when)
        for facts in combinations(codes):
            if _hold(matter.when, facts) and not any(_hold(clause.conditions, facts) for clause in saying):
                named = {code.removeprefix("not_") for code in codes}
                where = {code: value for code, value in facts.items() if code in named}
                yield Finding("matter_missing", of=(matter.code, name) if name else (matter.code,), where=where)
                return


def _says(clause: ClauseText, name: str, matter: Matter) -> bool:
    if name:
        return name in named_in(clause.text_en) and name in named_in(clause.text_zh)
    return bool(clause.text_en and clause.text_zh) and bool(set(matter.when) & set(clause.conditions))


def _hold(codes: Sequence[str], facts: Mapping[str, bool]) -> bool:
    return all(holds(code, facts) for code in codes)


def _difference(one: Sequence[str], other: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    return tuple(name for name in one if name not in other), tuple(name for name in other if name not in one)
