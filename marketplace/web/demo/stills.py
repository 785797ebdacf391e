"""Still lifes for the demo: things from `static/img` on tinted grounds. The same picture is drawn once a process."""

import io
from functools import lru_cache

from PIL import Image, ImageDraw

from marketplace.stack.paths import ROOT

PICTURES = ROOT / "static" / "img"
GROUNDS = ("#e2edf3", "#f6e7dc", "#f3ead0", "#e4ece2", "#f2e3e8", "#e7e3f1", "#dcefe9", "#f0e6dd")


def ground(number: int) -> str:
    return GROUNDS[number % len(GROUNDS)]


@lru_cache(maxsize=512)
def still(name: str, tint: str, side: int = 480) -> bytes:
    """One thing on a plain ground."""
    image = Image.new("RGB", (side, side), tint)
    _stand(image, name, side * 58 // 100, side // 2, side * 79 // 100)
    return _jpeg(image)


@lru_cache(maxsize=256)
def table(names: tuple[str, ...], tint: str, width: int = 800, height: int = 600) -> bytes:
    """Up to three things together, the first in front."""
    image = Image.new("RGB", (width, height), tint)
    ImageDraw.Draw(image).rectangle([0, height * 70 // 100, width, height], fill=_darker(tint, 95))
    spots = {1: ((50, 62),), 2: ((37, 60), (68, 46)), 3: ((50, 60), (20, 42), (80, 42))}[len(names)]
    for name, (middle, size) in reversed(list(zip(names, spots, strict=True))):
        _stand(image, name, height * size // 100, width * middle // 100, height * (86 if size > 50 else 79) // 100)
    return _jpeg(image)


@lru_cache(maxsize=256)
def shelf(names: tuple[str, ...], tint: str, width: int = 1280, height: int = 240) -> bytes:
    """A long board with things on its right half: a cover that the name stands before."""
    image = Image.new("RGB", (width, height), tint)
    ImageDraw.Draw(image).rectangle([0, height * 74 // 100, width, height], fill=_darker(tint, 91))
    for number, name in enumerate(names):
        _stand(image, name, 132 - 24 * number, width * (46 + 11 * number) // 100, height * 88 // 100)
    return _jpeg(image)


@lru_cache(maxsize=128)
def _thing(name: str) -> Image.Image:
    with Image.open(PICTURES / f"{name}.webp") as opened:
        return opened.convert("RGBA")


def _stand(image: Image.Image, name: str, side: int, middle: int, foot: int) -> None:
    """The thing on its shade; a little of its own square lies below its foot."""
    thing = _thing(name).resize((side, side))
    shade = Image.new("RGBA", image.size, (0, 0, 0, 0))
    half, flat, ground_y = side * 35 // 100, side // 22, foot - side // 24
    box = [middle - half, ground_y - flat, middle + half, ground_y + flat]
    ImageDraw.Draw(shade).ellipse(box, (16, 35, 47, 30))
    image.paste(shade, (0, 0), shade)
    image.paste(thing, (middle - side // 2, foot - side), thing)


def _darker(tint: str, percent: int) -> tuple[int, ...]:
    return tuple(int(tint[place : place + 2], 16) * percent // 100 for place in (1, 3, 5))


def _jpeg(image: Image.Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "JPEG", quality=90)
    return out.getvalue()
