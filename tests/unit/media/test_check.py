"""What is refused before anything is decoded, and why."""

import pytest

from marketplace.media.documents import check_document
from marketplace.media.errors import (
    Damaged,
    EmptyUpload,
    Locked,
    Mistyped,
    NotADocument,
    NotAPicture,
    PhoneFormat,
    TooManyPixels,
    UploadTooBig,
)
from marketplace.media.limits import MAX_BYTES
from marketplace.media.pictures import check_picture
from tests.factories.pictures import HEIC, encode, pdf, picture, png_header, png_with_text, quarters

SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!doctype html><html><script>alert(1)</script></html>"
EPS = b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 100 100\n"
ZIP = b"PK\x03\x04" + bytes(64)
EXE = b"MZ" + bytes(256)
ELF = b"\x7fELF" + bytes(256)
MP4 = b"\0\0\0\x18ftypisom\0\0\0\0isommp42" + bytes(64)
PLAYLIST = b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n"


@pytest.mark.parametrize(
    ("format_", "name", "mime"),
    [
        ("JPEG", "a.jpg", "image/jpeg"),
        ("JPEG", "a.JPEG", "image/pjpeg"),
        ("PNG", "a.png", "image/png"),
        ("WEBP", "a.webp", "image/webp"),
        ("GIF", "a.gif", "image/gif"),
        ("AVIF", "a.avif", "image/avif"),
        ("PNG", "", ""),
        ("PNG", "a", "application/octet-stream"),
        ("PNG", "Photo 2026.11.22 at 5.43", "image/png"),
    ],
)
def test_a_picture_that_is_what_it_says_is_taken(format_, name, mime):
    checked = check_picture(picture(format_=format_), filename=name, content_type=mime)
    assert (checked.width, checked.height) == (400, 300)
    assert checked.is_picture


@pytest.mark.parametrize("data", [SVG, HTML, EPS, ZIP, EXE, ELF, MP4, PLAYLIST, pdf(), b"hello", bytes(4096)])
def test_what_is_no_picture_is_refused_whatever_it_is_called(data):
    with pytest.raises(NotAPicture):
        check_picture(data, filename="holiday.jpg", content_type="image/jpeg")


@pytest.mark.parametrize("format_", ["BMP", "TIFF", "ICO", "PPM", "TGA"])
def test_kinds_of_picture_that_we_do_not_take_are_refused(format_):
    with pytest.raises(NotAPicture):
        check_picture(picture(64, 64, format_), filename="a.png", content_type="image/png")


@pytest.mark.parametrize(
    ("name", "mime"),
    [
        ("a.png", "image/jpeg"),
        ("a.jpg", "image/png"),
        ("a.jpg.php", "image/jpeg"),
        ("a.svg", "image/jpeg"),
        ("a.jpg", "text/html"),
        ("a.jpg", "image/svg+xml; charset=utf-8"),
    ],
)
def test_a_name_or_a_type_that_says_another_kind_is_refused(name, mime):
    with pytest.raises(Mistyped) as refused:
        check_picture(picture(), filename=name, content_type=mime)
    assert refused.value.context["found"] == "JPEG"


@pytest.mark.parametrize(
    "name", ["../../etc/passwd\x00.png", "..\\..\\boot.ini\x00.png", "shell.php.png", "/etc/cron.d/x.png", "a" * 4000]
)
def test_what_a_file_is_called_is_neither_used_nor_kept(name):
    checked = check_picture(picture(format_="PNG"), filename=name, content_type="image/png")
    assert not any(name in str(value) for value in (checked.format, checked.width, checked.height))


def test_an_empty_file_is_refused():
    with pytest.raises(EmptyUpload):
        check_picture(b"")


def test_the_limit_of_bytes_is_exact():
    plain = picture(format_="PNG")
    check_picture(plain + bytes(MAX_BYTES - len(plain)))
    with pytest.raises(UploadTooBig):
        check_picture(plain + bytes(MAX_BYTES - len(plain) + 1))


@pytest.mark.parametrize(
    ("width", "height"), [(30_000, 30_000), (9_000, 9_000), (12_000, 12_000), (6_404, 6_403), (2_147_483_647, 1)]
)
def test_more_than_forty_megapixels_are_refused_from_the_header(width, height):
    data = png_header(width, height)
    assert len(data) < 500
    with pytest.raises(TooManyPixels):
        check_picture(data)


@pytest.mark.parametrize(("width", "height"), [(8_000, 5_000), (5_000, 8_000), (16_383, 2_441)])
def test_forty_megapixels_are_taken(width, height):
    assert check_picture(png_header(width, height)).width == width


@pytest.mark.parametrize(("width", "height"), [(16_384, 10), (10, 16_384)])
def test_a_side_that_no_webp_can_hold_is_refused(width, height):
    with pytest.raises(TooManyPixels):
        check_picture(png_header(width, height))


@pytest.mark.parametrize("format_", ["GIF", "WEBP"])
def test_a_bomb_of_many_frames_is_judged_by_its_header(format_):
    frames = [quarters(64, 64).rotate(angle) for angle in range(0, 300)]
    data = encode(frames[0], format_, save_all=True, append_images=frames[1:])
    assert (check_picture(data).width, check_picture(data).height) == (64, 64)


def test_a_gif_whose_screen_is_huge_is_refused():
    data = bytearray(picture(64, 64, "GIF"))
    data[6:10] = b"\xff\xff\xff\xff"
    with pytest.raises(TooManyPixels):
        check_picture(bytes(data))


def test_a_heic_picture_has_its_own_refusal():
    for name in ("IMG_0001.HEIC", "IMG_0001.jpg"):
        with pytest.raises(PhoneFormat):
            check_picture(HEIC, filename=name, content_type="image/heic")


def test_a_text_chunk_that_unpacks_to_a_bomb_is_refused():
    with pytest.raises(Damaged):
        check_picture(png_with_text(64 * 2**20))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_the_first_bytes_alone_are_damaged_and_never_an_error_of_ours(format_):
    whole = picture(format_=format_)
    for length in range(1, 64):
        try:
            check_picture(whole[:length])
        except (Damaged, NotAPicture):
            continue


def test_a_pdf_is_a_document_and_a_picture_of_a_paper_is_one_too():
    assert not check_document(pdf(), filename="licence.pdf", content_type="application/pdf").is_picture
    assert check_document(picture(), filename="licence.jpg", content_type="image/jpeg").is_picture


@pytest.mark.parametrize(
    ("data", "name", "error"),
    [
        (HTML, "licence.pdf", NotADocument),
        (SVG, "licence.pdf", NotADocument),
        (b"junk" + pdf(), "licence.pdf", NotADocument),
        (pdf()[:-8], "licence.pdf", Damaged),
        (pdf(b"<< /Encrypt 2 0 R >>"), "licence.pdf", Locked),
        (pdf(), "licence.jpg", Mistyped),
        (b"", "licence.pdf", EmptyUpload),
        (HEIC, "licence.heic", PhoneFormat),
    ],
)
def test_what_is_no_document_is_refused(data, name, error):
    with pytest.raises(error):
        check_document(data, filename=name)
