"""The words over a draft that is a PDF, written into every page. Pure; qpdf reads the file, and runs nothing in it.

What is written anew has one revision (no earlier one lies under it), no files attached, and nothing that acts when it
is opened. Whoever edits PDFs can take the words away again: they say what it is, and do not lock it.
"""

import io
import math

import pikepdf
from pikepdf import Array, Dictionary, Name, Page, Pdf

from marketplace.media.errors import Damaged, Locked, TooManyPages
from marketplace.media.limits import PAPER_MAX_PAGES
from marketplace.media.overlay import ANGLE

SIZE = 1 / 22  # of the page's shorter side
APART = 5.0  # lines of that size, from one row to the next
ACTING = ("/OpenAction", "/AA", "/AF")
ACTING_NAMES = ("/EmbeddedFiles", "/JavaScript")


def overlaid_pdf(data: bytes, words: str) -> bytes:
    """A copy with `words` (Latin-1) across every page. Raises Damaged, Locked, TooManyPages."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            _hold_pages(len(pdf.pages))
            _quieten(pdf)
            ink, font = pdf.make_indirect(_ink()), pdf.make_indirect(_font())
            for page in pdf.pages:
                _stamp(pdf, page, words, ink, font)
            out = io.BytesIO()
            pdf.save(out)
            return out.getvalue()
    except pikepdf.PasswordError as error:
        raise Locked from error
    except (pikepdf.PdfError, ValueError, TypeError, KeyError, AttributeError, RuntimeError) as error:
        raise Damaged from error  # hostile structure may break in any of these ways


def _hold_pages(count: int) -> None:
    if count == 0:
        raise Damaged
    if count > PAPER_MAX_PAGES:
        raise TooManyPages(pages=PAPER_MAX_PAGES)


def _quieten(pdf: Pdf) -> None:
    for name in ACTING:
        if name in pdf.Root:
            del pdf.Root[name]
    names = pdf.Root.get("/Names", Dictionary())
    for name in ACTING_NAMES:
        if name in names:
            del names[name]


def _ink() -> Dictionary:
    return Dictionary(Type=Name.ExtGState, ca=0.5, CA=0.35)


def _font() -> Dictionary:
    return Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name("/Helvetica-Bold"), Encoding=Name.WinAnsiEncoding
    )


def _stamp(pdf: Pdf, page: Page, words: str, ink: Dictionary, font: Dictionary) -> None:
    """What was on the page becomes one form with its own state, so that nothing it leaves open moves the words."""
    box = _box(page)
    page.contents_coalesce()
    before = pdf.make_stream(
        page.Contents.read_bytes() if "/Contents" in page else b"",
        Type=Name.XObject,
        Subtype=Name.Form,
        BBox=Array(box),
        Resources=page.resources,
        **({"Group": page.Group} if "/Group" in page else {}),
    )
    page.Resources = Dictionary(
        XObject=Dictionary(Before=before), ExtGState=Dictionary(Ink=ink), Font=Dictionary(Words=font)
    )
    page.Contents = pdf.make_stream(b"q /Before Do Q\n" + _drawing(box, int(page.get("/Rotate", 0)), words))


def _box(page: Page) -> list[float]:
    """Left, bottom, right, top, in points. Raises Damaged for a page without an area."""
    across, up, back, down = (float(side) for side in Array(page.mediabox))
    left, right, bottom, top = min(across, back), max(across, back), min(up, down), max(up, down)
    if not (right - left >= 1 and top - bottom >= 1):
        raise Damaged
    return [left, bottom, right, top]


def _drawing(box: list[float], rotated: int, words: str) -> bytes:
    """Rows of the words, rising to the right as one looks at the page, over all of it."""
    left, bottom, right, top = box
    size = max(6.0, min(right - left, top - bottom) * SIZE)
    turn = math.radians(ANGLE + rotated)
    cos, sin = math.cos(turn), math.sin(turn)
    reach = math.hypot(right - left, top - bottom) / 2
    row = _escaped(f"{words}      " * math.ceil(2 * reach / (size * len(words) * 0.5)))
    lines = [f"q /Ink gs 1 1 1 rg 0.06 0.14 0.18 RG {size / 24:.2f} w BT /Words {size:.2f} Tf 2 Tr"]
    for offset in _offsets(reach, size * APART):
        along, across = -reach, offset
        x = (left + right) / 2 + along * cos - across * sin
        y = (bottom + top) / 2 + along * sin + across * cos
        lines.append(f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} Tm ({row}) Tj")
    return "\n".join([*lines, "ET Q"]).encode("cp1252")


def _offsets(reach: float, step: float) -> list[float]:
    rows = math.ceil(reach / step)
    return [number * step for number in range(-rows, rows + 1)]


def _escaped(text: str) -> str:
    return text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
