from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.translation import gettext_lazy as _


class Begins(models.TextChoices):
    """How a clause follows what stands before it."""

    LINE = "line", _("on a new line")
    SENTENCE = "sentence", _("in the same line, as a further sentence")
    PARAGRAPH = "paragraph", _("after an empty line")


class Words(StrEnum):
    """The columns that hold words, by language."""

    HEADING_EN = "heading_en"
    HEADING_ZH = "heading_zh"
    TEXT_EN = "text_en"
    TEXT_ZH = "text_zh"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseText:
    """A clause as a value. `key` is its name in every version that it is copied to; conditions are codes or empty.

    With a heading it opens a section, which is numbered when the contract is written.
    """

    key: str
    place: int
    begins: str = Begins.LINE
    heading_en: str = ""
    heading_zh: str = ""
    only_if: str = ""
    and_if: str = ""
    text_en: str = ""
    text_zh: str = ""

    @property
    def conditions(self) -> tuple[str, ...]:
        return tuple(code for code in (self.only_if, self.and_if) if code)

    @property
    def opens_section(self) -> bool:
        return bool(self.heading_en or self.heading_zh)

    def heading(self, language: str) -> str:
        return self.heading_en if language == "en" else self.heading_zh

    def text(self, language: str) -> str:
        return self.text_en if language == "en" else self.text_zh
