"""The words over a draft, burned into its pixels: pale with a dark edge, so that they are read on any ground. Pure."""

from PIL import Image, ImageDraw, ImageFont

ANGLE = 30  # degrees, rising to the right
INK = (255, 255, 255, 150)
EDGE = (16, 35, 47, 150)
SMALLEST = 11  # pixels; the words are as tall as this on a face of 160
SHARE = 18  # of the shorter side, at most


def overlaid(image: Image.Image, words: str) -> Image.Image:
    """A copy of an RGB or RGBA picture with `words` repeated across all of it; size and mode stay."""
    stamp = _stamp(words, max(SMALLEST, min(image.size) // SHARE))
    across, down = round(stamp.width * 0.72), round(stamp.height * 0.62)
    # Around the picture there is room for a stamp, which may begin outside of it.
    layer = Image.new("RGBA", (image.width + 2 * stamp.width, image.height + 2 * stamp.height))
    for row, top in enumerate(range(0, image.height + stamp.height, down)):
        first = across // 2 if row % 2 else 0
        for left in range(first, image.width + stamp.width, across):
            layer.alpha_composite(stamp, (left, top))
    inner = layer.crop((stamp.width, stamp.height, stamp.width + image.width, stamp.height + image.height))
    return Image.alpha_composite(image.convert("RGBA"), inner).convert(image.mode)


def _stamp(words: str, size: int) -> Image.Image:
    """The words once, slanting, on nothing."""
    font, edge = ImageFont.load_default(size), max(1, size // 14)
    left, top, right, bottom = (round(side) for side in font.getbbox(words, stroke_width=edge))
    flat = Image.new("RGBA", (right - left + size, bottom - top + size // 2))
    at = (size // 2 - left, size // 4 - top)
    ImageDraw.Draw(flat).text(at, words, font=font, fill=INK, stroke_width=edge, stroke_fill=EDGE)
    return flat.rotate(ANGLE, Image.Resampling.BICUBIC, expand=True)
