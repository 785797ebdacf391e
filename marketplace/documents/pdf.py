"""A sheet as PDF. What people typed is data that the source reads, never a part of the source: it prints literally."""

import json
from pathlib import Path

import manimgx_fonts_cjk
import typst
from django.template.loader import get_template
from django.utils.translation import gettext as _
from django.utils.translation import override

from marketplace.documents.models import Document
from marketplace.documents.sheets import sheet_of

SOURCE = "documents/sheet.typ"
FONTS = Path(manimgx_fonts_cjk.__file__).parent


def pdf_of(document: Document, language: str) -> bytes:
    """The same bytes every time: nothing but what is frozen and the language goes in, its date is that of issue."""
    sheet = sheet_of(document, language).as_json()
    with override(language):
        sheet["words"] = {"hash": _("SHA-256 of what stands here"), "page": _("Page")}
    return typst.compile(
        get_template(SOURCE).origin.name,
        font_paths=[str(FONTS)],
        ignore_system_fonts=True,
        sys_inputs={"sheet": json.dumps(sheet, ensure_ascii=False, sort_keys=True)},
        timestamp=int(document.issued_at.timestamp()),
    )
