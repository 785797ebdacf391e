"""A sheet as PDF. What people typed is data that the source reads, never a part of the source: it prints literally."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import manimgx_fonts_cjk
import typst
from django.template.loader import get_template

SOURCE = "contracts/sealed.typ"
FONTS = Path(manimgx_fonts_cjk.__file__).parent


def typeset(sheet: dict[str, Any], *, at: datetime) -> bytes:
    """The same bytes every time for the same sheet; `at` is what the file calls its date."""
    return typst.compile(
        get_template(SOURCE).origin.name,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False, sort_keys=True)},
        timestamp=int(at.timestamp()),
    )
