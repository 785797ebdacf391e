import re

from marketplace.http.qr import qr_code


def test_a_code_is_a_square_with_its_three_corners_and_a_quiet_margin():
    code = qr_code("https://mooring.example/anchors/pty_0123456789abcdefghjkmnpqrs/")
    dark = set()
    for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\d+z", code.path):
        dark |= {(int(x) + step, int(y)) for step in range(int(width))}
    assert min(x for x, _y in dark) == min(y for _x, y in dark) == 4
    assert max(x for x, _y in dark) == code.side - 5
    for left, top in ((4, 4), (code.side - 11, 4), (4, code.side - 11)):
        assert {(left + step, top) for step in range(7)} <= dark
        assert (left + 1, top + 1) not in dark
