"""The words over a draft, by pixels."""

import io

import pytest
from PIL import Image, ImageChops

from marketplace.media.overlay import overlaid
from marketplace.media.pictures import render
from tests.factories.pictures import picture

WORDS = "DRAFT · Mooring · 7kq2ab"


def changed(before: Image.Image, after: Image.Image) -> float:
    """The share of pixels that somebody would see: 40 of 255 in some colour."""
    difference = ImageChops.difference(before.convert("RGB"), after.convert("RGB"))
    seen = [max(pixel) >= 40 for pixel in difference.get_flattened_data()]
    return sum(seen) / len(seen)


@pytest.mark.parametrize("ground", ["white", "black", "#808080", "#c87828"])
@pytest.mark.parametrize("size", [(160, 120), (640, 400), (1280, 720), (1280, 90), (320, 2_000)])
def test_it_is_read_on_any_ground_in_every_corner(ground, size):
    before = Image.new("RGB", size, ground)
    after = overlaid(before, WORDS)
    assert (after.mode, after.size) == ("RGB", size)
    assert 0.02 < changed(before, after) < 0.4  # words are seen, and so is what is under them
    width, height = size[0] // 2, size[1] // 2
    for left, top in ((0, 0), (width, 0), (0, height), (width, height)):
        corner = (left, top, left + width, top + height)
        assert changed(before.crop(corner), after.crop(corner)) > 0.01


def test_what_is_clear_stays_clear_and_the_words_stand_on_it():
    after = overlaid(Image.new("RGBA", (400, 300), (0, 0, 0, 0)), WORDS)
    alpha = after.getchannel("A")
    assert (after.mode, alpha.getextrema()[0]) == ("RGBA", 0)
    assert alpha.getextrema()[1] >= 150


def test_other_words_are_other_pixels():
    ground = Image.new("RGB", (640, 400), "white")
    assert overlaid(ground, WORDS).tobytes() != overlaid(ground, "DRAFT · Mooring · 000000").tobytes()


def test_a_draft_is_drawn_twice_in_every_size_and_differs_by_pixels():
    drawn = render(picture(800, 600), draft=WORDS).drawn
    clean = {(one.width, one.format): one for one in drawn if not one.overlay}
    covered = {(one.width, one.format): one for one in drawn if one.overlay}
    assert sorted(clean) == sorted(covered) == [(w, f) for w in (160, 320, 640, 800) for f in ("avif", "webp")]
    for key, one in clean.items():
        before, after = (Image.open(io.BytesIO(each.data)) for each in (one, covered[key]))
        assert before.size == after.size
        assert changed(before, after) > 0.03


def test_nothing_else_is_drawn_twice():
    assert [one.overlay for one in render(picture(800, 600)).drawn] == [False] * 8
