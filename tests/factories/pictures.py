"""Pictures to upload, drawn here; the hostile ones byte by byte."""

import io
import struct
import zlib

from PIL import Image, ImageDraw

CORNERS = {"red": (0, 0), "lime": (1, 0), "blue": (0, 1), "white": (1, 1)}


def quarters(width: int = 400, height: int = 300, mode: str = "RGB") -> Image.Image:
    """Red, lime / blue, white: says which way up it is."""
    image = Image.new("RGB", (width, height))
    draw = ImageDraw.Draw(image)
    for colour, (column, row) in CORNERS.items():
        left, top = column * width // 2, row * height // 2
        draw.rectangle([left, top, left + width // 2, top + height // 2], fill=colour)
    return image.convert(mode)


def encode(image: Image.Image, format_: str = "JPEG", **options) -> bytes:
    out = io.BytesIO()
    image.save(out, format_, **options)
    return out.getvalue()


def picture(width: int = 400, height: int = 300, format_: str = "JPEG", **options) -> bytes:
    return encode(quarters(width, height), format_, **options)


def photo_with_place(orientation: int = 1) -> bytes:
    """A JPEG that says where and with what it was taken, in EXIF, XMP, a comment and a colour profile."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    exif.get_ifd(0x8825).update({1: "N", 2: (31.0, 14.0, 5.0), 3: "E", 4: (121.0, 28.0, 9.0)})
    return encode(quarters(), exif=exif.tobytes(), xmp=b"<x:xmpmeta>SecretPlace</x:xmpmeta>", comment=b"SecretComment")


def png_header(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that promises `width` x `height` pixels."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(4096))) + chunk(b"IEND")


def chunk(kind: bytes, data: bytes = b"") -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png_with_text(size: int) -> bytes:
    """A small PNG with a compressed text chunk that unpacks to `size` bytes."""
    plain = picture(64, 64, "PNG")
    return plain[:33] + chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(size))) + plain[33:]


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 400] /Contents 4 0 R /Resources << >> >>"
SQUARE = b"0 0 1 rg 40 40 80 80 re f"


def pdf(body: bytes = b"", *, page: bytes = PAGE, content: bytes = SQUARE, root: bytes = b"") -> bytes:
    """A PDF of one page with a blue square; `body` stands behind its objects."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R " + root + b">>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content),
    ]
    written, places = b"%PDF-1.7\n", []
    for number, one in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, one)
    written += body
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"xref\n0 5\n0000000000 65535 f \n%strailer << /Size 5 /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
    return written + end % (table, len(written))


HEIC = b"\0\0\0\x1cftypheic\0\0\0\0mif1heicmiaf" + bytes(64)
