"""A QR code as one SVG path, drawn into the page: no picture to fetch, sharp at any size, and prints."""

from dataclasses import dataclass

import qrcode

QUIET = 4  # modules of margin that readers need


@dataclass(frozen=True, slots=True)
class QrCode:
    """`path` fills the dark modules of a square of `side` modules."""

    side: int
    path: str


def qr_code(text: str) -> QrCode:
    code = qrcode.QRCode(error_correction=qrcode.constants.ERROR_CORRECT_M, border=QUIET)
    code.add_data(text)
    code.make(fit=True)
    rows = code.get_matrix()
    runs = [run for y, row in enumerate(rows) for run in _runs(row, y)]
    return QrCode(len(rows), "".join(runs))


def _runs(row: list[bool], y: int) -> list[str]:
    """Neighbours in a row are one rectangle."""
    found, x = [], 0
    while x < len(row):
        width = 0
        while x + width < len(row) and row[x + width]:
            width += 1
        if width:
            found.append(f"M{x} {y}h{width}v1h-{width}z")
        x += width or 1
    return found
