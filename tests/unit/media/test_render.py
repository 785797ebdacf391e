"""What is served of a picture: pixels, and nothing else that was in the file."""

import io
import zipfile

import pytest
from PIL import Image, ImageCms, ImageDraw

from marketplace.media.errors import Damaged, TooManyPixels
from marketplace.media.pictures import render
from tests.factories.pictures import CORNERS, encode, photo_with_place, picture, png_header, quarters

SECRETS = [b"Secret", b"GPS", b"Exif", b"EXIF", b"XMP ", b"xmpmeta", b"ICCP", b"Camera"]


def pixels(data: bytes) -> Image.Image:
    with Image.open(io.BytesIO(data)) as image:
        return image.convert("RGBA")


def corner(image: Image.Image, column: int, row: int) -> tuple[int, ...]:
    return image.getpixel((image.width // 4 + column * image.width // 2, image.height // 4 + row * image.height // 2))


def is_near(found: tuple[int, ...], colour: str | tuple[int, ...], tolerance: int = 24) -> bool:
    wanted = Image.new("RGB", (1, 1), colour).getpixel((0, 0))
    return all(abs(a - b) <= tolerance for a, b in zip(found, wanted, strict=False))


def assert_upright(data: bytes) -> None:
    image = pixels(data)
    for colour, place in CORNERS.items():
        assert is_near(corner(image, *place), colour), (colour, corner(image, *place))


@pytest.mark.parametrize(
    ("width", "widths"),
    [
        (2_000, [160, 320, 640, 1280]),
        (1_280, [160, 320, 640, 1280]),
        (500, [160, 320, 500]),
        (160, [160]),
        (90, [90]),
        (1, [1]),
    ],
)
def test_sizes_are_never_larger_than_the_picture(width, widths):
    rendered = render(picture(width, 100, "PNG"))
    for name in ("avif", "webp"):
        assert [drawn.width for drawn in rendered.drawn if drawn.format == name] == widths
    for drawn in rendered.drawn:
        assert pixels(drawn.data).size == (drawn.width, drawn.height)
        assert drawn.height == max(1, round(100 * drawn.width / width))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_kind_comes_out_as_it_looks(format_):
    for drawn in render(picture(format_=format_)).drawn:
        assert_upright(drawn.data)


def test_place_camera_comment_and_profile_are_gone():
    original = photo_with_place()
    assert b"SecretCamera" in original
    assert b"SecretPlace" in original
    for drawn in render(original).drawn:
        assert not [secret for secret in SECRETS if secret in drawn.data]
        with Image.open(io.BytesIO(drawn.data)) as image:
            assert not dict(image.getexif())
            assert not {"exif", "xmp", "icc_profile", "comment"} & set(image.info)


@pytest.mark.parametrize(("orientation", "turn"), [(1, 0), (3, 180), (6, 90), (8, -90)])
def test_it_stands_upright(orientation, turn):
    exif = Image.Exif()
    exif[0x0112] = orientation
    lying = quarters().rotate(turn, expand=True)
    rendered = render(encode(lying, exif=exif.tobytes()))
    assert (rendered.width, rendered.height) == (400, 300)
    for drawn in rendered.drawn:
        assert_upright(drawn.data)


@pytest.mark.parametrize(
    ("mode", "format_"), [("CMYK", "JPEG"), ("L", "JPEG"), ("1", "PNG"), ("LA", "PNG"), ("P", "PNG")]
)
def test_other_colours_come_out_as_they_look(mode, format_):
    source = quarters(mode=mode)
    for drawn in render(encode(source, format_)).drawn:
        shown, meant = pixels(drawn.data), source.convert("RGBA")
        for place in CORNERS.values():
            if mode != "1":  # dithered
                assert is_near(corner(shown, *place), corner(meant, *place)[:3])


def test_sixteen_bits_become_eight():
    deep = Image.new("I;16", (64, 64), 32_768)
    for drawn in render(encode(deep, "PNG")).drawn:
        assert is_near(pixels(drawn.data).getpixel((32, 32)), (127, 127, 127), 3)


def test_transparency_stays():
    clear = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(clear).rectangle([100, 0, 199, 199], fill=(255, 0, 0, 255))
    palette = clear.quantize(16)
    for source in (
        encode(clear, "PNG"),
        encode(palette, "PNG"),
        encode(clear, "WEBP", lossless=True),
        encode(clear, "GIF"),
    ):
        for drawn in render(source).drawn:
            shown = pixels(drawn.data)
            quarter = shown.width // 4
            assert shown.getpixel((quarter, quarter))[3] < 8
            assert shown.getpixel((3 * quarter, quarter))[3] > 247
            assert is_near(shown.getpixel((3 * quarter, quarter)), "red")


def test_a_profile_is_turned_into_srgb_and_dropped():
    """Whether it can be used, is for other colours, or is broken: the picture is drawn and the profile is gone."""
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for profile in (srgb, lab, b"not a profile", bytes(128)):
        for drawn in render(encode(quarters(), icc_profile=profile)).drawn:
            assert_upright(drawn.data)
            assert b"ICCP" not in drawn.data


def test_what_hides_behind_a_picture_is_gone():
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as archive:
        archive.writestr("evil.js", "alert(1)")
    for hidden in (
        b"<script>alert(1)</script>",
        box.getvalue(),
        b"%PDF-1.7 /JavaScript",
        b"<?php system($_GET[0]); ?>",
    ):
        comment = b"<script>alert(1)</script>"
        for drawn in render(encode(quarters(), comment=comment) + hidden).drawn:
            assert b"script" not in drawn.data
            assert hidden not in drawn.data
            assert not zipfile.is_zipfile(io.BytesIO(drawn.data))


@pytest.mark.parametrize("format_", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
@pytest.mark.parametrize("share", [0.5, 0.9])
def test_a_picture_that_ends_too_early_is_damaged(format_, share):
    noisy = encode(Image.effect_noise((300, 300), 80).convert("RGB"), format_)
    with pytest.raises(Damaged):
        render(noisy[: int(len(noisy) * share)])


def test_a_header_without_its_pixels_is_damaged():
    with pytest.raises(Damaged):
        render(png_header(8_000, 5_000))


def test_a_bomb_is_not_decoded_here_either():
    with pytest.raises(TooManyPixels):
        render(png_header(30_000, 30_000))


@pytest.mark.parametrize("format_", ["GIF", "WEBP", "PNG"])
def test_of_a_moving_picture_the_first_frame_is_drawn(format_):
    frames = [quarters(), Image.new("RGB", (400, 300), "black")]
    data = encode(frames[0], format_, save_all=True, append_images=frames[1:])
    for drawn in render(data).drawn:
        with Image.open(io.BytesIO(drawn.data)) as image:
            assert getattr(image, "n_frames", 1) == 1
        assert_upright(drawn.data)


def test_what_stands_in_for_it_is_small_and_of_its_colour():
    rendered = render(encode(Image.new("RGB", (300, 300), (200, 100, 50)), "PNG"))
    assert rendered.colour == "#c86432"
    assert rendered.placeholder.startswith("data:image/webp;base64,")
    assert len(rendered.placeholder) < 600


def test_the_same_bytes_give_the_same_renditions():
    """Work that is done again after a crash replaces files by equal ones."""
    data = picture()
    assert render(data) == render(data)
