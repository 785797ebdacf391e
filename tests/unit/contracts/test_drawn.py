"""Signatures drawn by hand: strokes of whole numbers on the sheet, and nothing else."""

import pytest

from marketplace.contracts.drawn import LONGEST, is_drawing, strokes


def test_strokes_are_read_in_order():
    path = "M1 2L3 4L600 200M0 0L0 0"
    assert is_drawing(path)
    assert strokes(path) == [[(1, 2), (3, 4), (600, 200)], [(0, 0), (0, 0)]]
    assert strokes("") == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        "M1 2",  # a place, and no stroke
        "L1 2L3 4",
        "M1 2L3 4 ",
        "M1 2L3 4\n",
        "M1,2L3,4",
        "M-1 2L3 4",
        "M1.5 2L3 4",
        "M601 2L3 4",
        "M1 201L3 4",
        "M1 2L3 4Z",
        "m1 2l3 4",
        'M1 2L3 4"/><script>',
        "M١ ٢L٣ ٤",  # digits, of another script
        "M1 2" + "L3 4" * (LONGEST // 4),
    ],
)
def test_anything_else_is_none(path):
    assert not is_drawing(path)
