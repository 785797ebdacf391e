"""What a notice consists of. The texts are lazy, and filled with the notice's facts in the reader's language."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Wording:
    """`title` is a sentence; `body` says what it means; `action` is the verb on the button."""

    title: str
    body: str
    action: str
    tone: str = "quiet"


@dataclass(frozen=True, slots=True)
class Words:
    """A wording with its facts filled in."""

    title: str
    body: str
    action: str
    tone: str
