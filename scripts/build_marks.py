"""Draw the mark as bitmaps for what cannot read `static/img/mark.svg`: old tabs, home screens."""

from pathlib import Path

from PIL import Image, ImageDraw

IMG = Path(__file__).resolve().parent.parent / "static" / "img"
INK, SUN, GROUND = "#10232f", "#ef6a35", "#f3f6f6"
BOX, MARGIN, STROKE, FINE = 28, 3, 2.6, 8


def draw(size: int, corner: float = 0) -> Image.Image:
    """The mark on its ground, drawn eight times as large and scaled down; `corner` is the radius of 34 units."""
    large = size * FINE
    unit = large / (BOX + 2 * MARGIN)

    def box(x1: float, y1: float, x2: float, y2: float) -> tuple[float, float, float, float]:
        return tuple((value + MARGIN) * unit for value in (x1, y1, x2, y2))

    image = Image.new("RGBA", (large, large))
    pen = ImageDraw.Draw(image)
    pen.rounded_rectangle((0, 0, large - 1, large - 1), corner * unit, fill=GROUND)
    pen.pieslice(box(6.2, 5.2, 21.8, 20.8), 180, 360, fill=SUN)
    pen.rectangle(box(0, 13, 28, 14.4), fill=GROUND)
    pen.rounded_rectangle(box(0.7, 13.1, 27.3, 15.7), STROKE / 2 * unit, fill=INK)
    half = STROKE / 2
    pen.arc(box(6.3 - half, 8.3 - half, 21.7 + half, 23.7 + half), 9, 171, fill=INK, width=round(STROKE * unit))
    for x in (6.4, 21.6):
        pen.ellipse(box(x - half, 17.2 - half, x + half, 17.2 + half), fill=INK)
    return image.resize((size, size), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    draw(48, corner=8).save(IMG / "favicon.ico", sizes=[(16, 16), (32, 32), (48, 48)])
    draw(180).convert("RGB").save(IMG / "touch.png", optimize=True)
    print("favicon.ico, touch.png")
