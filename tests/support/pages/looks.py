"""How a page can be asked for: its language, its theme, the width of the window."""

import itertools
from dataclasses import dataclass
from zlib import crc32

HEIGHT = {390: 844, 1280: 900}
NARROW = 390


@dataclass(frozen=True)
class Look:
    language: str
    theme: str
    width: int

    @property
    def shown(self) -> str:
        """The theme that one sees: `auto` is looked at in the dark."""
        return "dark" if self.theme == "auto" else self.theme

    def __str__(self) -> str:
        return f"{self.language} {self.theme} {self.width}"


LANGUAGES = ("en", "zh-hans")
THEMES = ("light", "dark", "auto")
ALL = [Look(*choice) for choice in itertools.product(LANGUAGES, ("light", "dark"), HEIGHT)]
SOME = [Look(*choice) for choice in itertools.product(LANGUAGES, THEMES, HEIGHT)]


def one_for(key: str) -> Look:
    """Always the same one for the same page and person, and as many of each."""
    return SOME[crc32(key.encode()) % len(SOME)]
