"""What one version changes of another, clause by clause and word by word."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from marketplace.contracts.library.clause import ClauseText, Words

# A placeholder is one word, and so is each Chinese character.
WORD = re.compile(r"\{\{\s*\w+\s*\}\}|[A-Za-z0-9À-ÿ’'-]+|\s+|.", re.DOTALL)
CHOSEN = ("only_if", "and_if", "begins")


class Kind(StrEnum):
    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Run:
    """Words that stay (`kind` empty), come in (added) or go (removed)."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class ClauseChange:
    """`before` or `after` is None where the clause is not there; `words` by column, only those that differ."""

    kind: Kind
    before: ClauseText | None
    after: ClauseText | None
    words: dict[str, list[Run]]
    moved: bool

    @property
    def key(self) -> str:
        return (self.after or self.before).key

    @property
    def chosen(self) -> bool:
        """Whether it is said under other conditions, or follows otherwise."""
        if self.before is None or self.after is None:
            return False
        return any(getattr(self.before, name) != getattr(self.after, name) for name in CHOSEN)


def changes(before: Sequence[ClauseText], after: Sequence[ClauseText]) -> list[ClauseChange]:
    """In the order of `after`; what is gone stands after the clause that it followed."""
    old, new = {one.key: one for one in before}, {one.key: one for one in after}
    moved = _moved([one.key for one in before if one.key in new], [one.key for one in after if one.key in old])
    found = []
    for key in _order(before, after):
        was, now = old.get(key), new.get(key)
        words = {column.value: runs for column in Words if (runs := _words(was, now, column))}
        change = ClauseChange(_kind(was, now), was, now, words, key in moved)
        if words or change.moved or change.chosen:
            found.append(change)
    return found


def runs(before: str, after: str) -> list[Run]:
    """The second text as a reader who knows the first one sees it."""
    old, new = WORD.findall(before), WORD.findall(after)
    found: list[Run] = []
    for tag, old_from, old_to, new_from, new_to in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(Run("", "".join(new[new_from:new_to])))
            continue
        gone, come = "".join(old[old_from:old_to]), "".join(new[new_from:new_to])
        found += [Run(kind, text) for kind, text in ((Kind.REMOVED, gone), (Kind.ADDED, come)) if text]
    return found


def _words(was: ClauseText | None, now: ClauseText | None, column: str) -> list[Run]:
    before, after = getattr(was, column, ""), getattr(now, column, "")
    return runs(before, after) if before != after else []


def _kind(was: ClauseText | None, now: ClauseText | None) -> Kind:
    if was is None:
        return Kind.ADDED
    return Kind.REMOVED if now is None else Kind.CHANGED


def _moved(before: Sequence[str], after: Sequence[str]) -> set[str]:
    """Those that do not stand in the longest order that both share."""
    blocks = SequenceMatcher(None, before, after, autojunk=False).get_matching_blocks()
    kept = {before[block.a + step] for block in blocks for step in range(block.size)}
    return set(before) - kept


def _order(before: Sequence[ClauseText], after: Sequence[ClauseText]) -> list[str]:
    order = [one.key for one in after]
    known = set(order)
    previous = None
    for one in before:
        if one.key not in known:
            order.insert(order.index(previous) + 1 if previous is not None else 0, one.key)
        previous = one.key
    return order
