"""The words over a draft that is a PDF: on every page, whatever the page does, and nothing else goes along."""

import io
import re

import pikepdf
import pytest

from marketplace.media import pdf_overlay
from marketplace.media.errors import Damaged, Locked, TooManyPages
from marketplace.media.pdf_overlay import overlaid_pdf
from tests.factories.pictures import PAGE, SQUARE, pdf

WORDS = "DRAFT · Mooring · (7kq2ab)"
PLACE = re.compile(rb"(\S+) (\S+) (\S+) (\S+) (\S+) (\S+) Tm")


def opened(data: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(data))


def pages(*sizes: tuple[int, int], **attributes) -> bytes:
    made, out = pikepdf.Pdf.new(), io.BytesIO()
    for size in sizes:
        page = made.add_blank_page(page_size=size)
        page.contents_add(made.make_stream(SQUARE))
        for name, value in attributes.items():
            page[f"/{name}"] = value
    made.save(out)
    return out.getvalue()


def drawn(page: pikepdf.Page) -> bytes:
    return page.Contents.read_bytes()


def test_every_page_has_them_over_what_was_there():
    with opened(overlaid_pdf(pages((595, 842), (842, 595), (100, 1_000)), WORDS)) as after:
        assert len(after.pages) == 3
        for page in after.pages:
            before, _, words = drawn(page).partition(b"Q\n")
            assert before == b"q /Before Do "
            assert words.count(r"DRAFT · Mooring · \(7kq2ab\)".encode("cp1252")) > 10
            assert page.Resources.XObject.Before.read_bytes().strip() == SQUARE


@pytest.mark.parametrize("rotated", [0, 90, 180, 270])
def test_they_rise_to_the_right_however_the_page_is_turned(rotated):
    with opened(overlaid_pdf(pages((595, 842), Rotate=rotated), WORDS)) as after:
        cos, sin = (float(number) for number in PLACE.search(drawn(after.pages[0])).groups()[:2])
    turned = complex(cos, sin) * 1j ** -(rotated // 90)
    assert turned.real == pytest.approx(0.866, abs=0.001)
    assert turned.imag == pytest.approx(0.5, abs=0.001)


@pytest.mark.parametrize(
    "left_open", [b"q q q", b"Q Q Q Q", b"0 0 0 0 0 0 cm", b"0 0 1 1 re W n", b"BT", b"3 Tr /X gs"]
)
def test_what_a_page_leaves_open_does_not_reach_them(left_open):
    """It is drawn as a form, whose state ends with it (ISO 32000-2, 8.10.1)."""
    with opened(overlaid_pdf(pdf(content=left_open), WORDS)) as after:
        page = after.pages[0]
        assert page.Resources.XObject.Before.read_bytes().strip() == left_open
        assert drawn(page).startswith(b"q /Before Do Q\nq /Ink gs ")


def test_nothing_acts_and_nothing_is_attached():
    acting = (
        b"/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> /AA << >> "
        b"/Names << /JavaScript << /Names [] >> /EmbeddedFiles << /Names [] >> /Dests << /Names [] >> >> "
    )
    with opened(overlaid_pdf(pdf(root=acting), WORDS)) as after:
        assert set(after.Root.keys()) == {"/Type", "/Pages", "/Names"}
        assert set(after.Root.Names.keys()) == {"/Dests"}


def test_an_earlier_revision_does_not_lie_under_it():
    with opened(pdf(content=b"(clean) Tj")) as first:
        assert b"(clean) Tj" in pdf(content=b"(clean) Tj")
        first.pages[0].Contents = first.make_stream(b"(second) Tj")
        out = io.BytesIO()
        first.save(out)
    twice = pdf(content=b"(clean) Tj") + out.getvalue()
    assert b"(clean) Tj" not in overlaid_pdf(twice, WORDS)


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%%EOF\n",
        pdf(page=b"null"),
        pdf(page=PAGE.replace(b"[0 0 300 400]", b"[0 0 0 0]")),
        pdf(page=PAGE.replace(b"/Resources << >>", b"/Rotate (x) /Resources << >>")),
        pdf()[:60],
    ],
)
def test_what_cannot_be_read_is_damaged(data):
    with pytest.raises(Damaged):
        overlaid_pdf(data, WORDS)


def test_a_password_and_too_many_pages(monkeypatch):
    with opened(pdf()) as clear:
        out = io.BytesIO()
        clear.save(out, encryption=pikepdf.Encryption(user="secret", owner="secret"))
    with pytest.raises(Locked):
        overlaid_pdf(out.getvalue(), WORDS)
    monkeypatch.setattr(pdf_overlay, "PAPER_MAX_PAGES", 1)
    with pytest.raises(TooManyPages):
        overlaid_pdf(pages((100, 100), (100, 100)), WORDS)
