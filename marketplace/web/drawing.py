"""Proportions of drawings as SVG attributes, for a strict content security policy allows no inline style."""

from dataclasses import dataclass

SMALLEST = 1.0  # percent; a cent among thousands is still to be seen
WALL = 0.6  # percent between the basin's wall and its edge


@dataclass(frozen=True)
class Bar:
    """One part of a hull: where it starts and how wide it is, in percent."""

    place: str
    x: str
    width: str
    wall_x: str
    wall_width: str

    @property
    def wall(self) -> bool:
        """Too narrow a basin has no room for its inner wall."""
        return float(self.wall_width) > WALL


def percent(value: float, of: float) -> str:
    """`value` of `of` in percent, two places, always with a point."""
    return f"{value / of * 100:.2f}".rstrip("0").rstrip(".") if of else "0"


def hull(parts: list[tuple[str, int]]) -> list[Bar]:
    """Exact proportions, except that what is there at all is wide enough to be seen."""
    parts = [(place, minor) for place, minor in parts if minor > 0]
    total = sum(minor for _, minor in parts)
    if not total:
        return []
    widths = [max(minor / total * 100, SMALLEST) for _, minor in parts]
    scale = 100 / sum(widths)
    bars, x = [], 0.0
    for (place, _), width in zip(parts, widths, strict=True):
        width *= scale
        bars.append(
            Bar(
                place,
                percent(x, 100),
                percent(width, 100),
                percent(x + WALL, 100),
                percent(max(width - 2 * WALL, 0), 100),
            )
        )
        x += width
    return bars
