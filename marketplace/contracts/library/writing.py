"""From clauses, facts and values to the text of a contract in one language."""

from collections.abc import Mapping, Sequence

from marketplace.contracts.library.clause import Begins, ClauseText
from marketplace.contracts.library.conditions import facts_of, holds
from marketplace.contracts.library.draft import Draft
from marketplace.contracts.library.placeholders import fill, named_in
from marketplace.contracts.library.values import values_of

GAP = {Begins.LINE: "\n", Begins.PARAGRAPH: "\n\n"}
DIGITS = "零一二三四五六七八九"
# The section in which the first clause with this placeholder stands.
SECTIONS = {"parties_section": "merchant", "deliverables_section": "deliverables"}


def write(clauses: Sequence[ClauseText], draft: Draft, language: str) -> str:
    """Every clause whose conditions hold, in order. A clause of which nothing is left is not there."""
    facts = facts_of(draft, language)
    values = values_of(draft, language) | sections_in(clauses, language)
    said, section, after_heading = [], 0, False
    for clause in clauses:
        if not all(holds(code, facts) for code in clause.conditions):
            continue
        if clause.opens_section:
            section += 1
            said.append(f"\n\n{numbered(section, clause.heading(language), language)}")
            after_heading = True
        text = fill(clause.text(language), values)
        if not text.strip():
            continue
        sentence = " " if language == "en" else ""
        said.append("\n" if after_heading else GAP.get(clause.begins, sentence))
        said.append(text)
        after_heading = False
    return tidy("".join(said))


def sections_in(clauses: Sequence[ClauseText], language: str) -> Mapping[str, str]:
    """Numbers to refer to: sections are never left out, so they are the same in every contract of a version."""
    found: dict[str, str] = {}
    section = 0
    for clause in clauses:
        section += clause.opens_section
        for name, of in SECTIONS.items():
            if name not in found and of in named_in(clause.text(language)):
                found[name] = number_in(section, language)
    return found


def numbered(section: int, heading: str, language: str) -> str:
    return f"{section}. {heading}" if language == "en" else f"{number_in(section, language)}、{heading}"


def number_in(section: int, language: str) -> str:
    """In Chinese as far as 99: 一, 十, 十二, 二十三."""
    if language == "en":
        return str(section)
    tens, ones = divmod(section, 10)
    if not tens:
        return DIGITS[ones]
    return ("" if tens == 1 else DIGITS[tens]) + "十" + (DIGITS[ones] if ones else "")


def tidy(said: str) -> str:
    """Exact bytes: no space at a line's end, one empty line at most, one line break at the end."""
    lines = [line.rstrip() for line in said.strip().splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept) + "\n"
