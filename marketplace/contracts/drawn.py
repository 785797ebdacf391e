"""A signature drawn by hand: SVG path data of straight lines between whole numbers, on a sheet of a fixed size. Pure.

Nothing but what `PATH` matches is kept, so that it may stand in a page or a PDF without being looked at again.
"""

import re

WIDE, HIGH = 600, 200
LONGEST = 12_000  # characters: some two thousand points
PATH = r"^(M\d{1,3} \d{1,3}(L\d{1,3} \d{1,3})+)+$"
POINT = re.compile(r"([ML])(\d{1,3}) (\d{1,3})")

Stroke = list[tuple[int, int]]


def is_drawing(path: str) -> bool:
    """Whether it is strokes within the sheet, and not too many."""
    if not path or len(path) > LONGEST or not re.fullmatch(PATH, path, re.ASCII):
        return False
    return all(x <= WIDE and y <= HIGH for stroke in strokes(path) for x, y in stroke)


def strokes(path: str) -> list[Stroke]:
    """The points of each stroke, in order; none for no drawing."""
    found: list[Stroke] = []
    for letter, x, y in POINT.findall(path):
        if letter == "M":
            found.append([])
        found[-1].append((int(x), int(y)))
    return found
