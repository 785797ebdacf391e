"""Films to upload: containers as their makers write them, with noise for pictures; the hostile ones beside them."""


def box(name: bytes, body: bytes = b"") -> bytes:
    return (8 + len(body)).to_bytes(4, "big") + name + body


def film(brand: bytes = b"isom", *, frames: int = 1_000, tail: bytes = b"") -> bytes:
    """An MP4 (or, by its brand, a MOV): file type, index, film. Nothing in it can be played, which nobody tries."""
    return (
        box(b"ftyp", brand + b"\x00\x00\x02\x00" + b"isomiso2avc1mp41"[: 0 if brand == b"qt  " else None])
        + box(b"moov", box(b"mvhd", b"\0" * 100))
        + box(b"free")
        + box(b"mdat", bytes(range(256)) * (frames // 256 + 1))
        + tail
    )


def webm(
    *, doctype: bytes = b"webm", body: bytes = b"\xec\x83abc" * 200, known: bool = True, tail: bytes = b""
) -> bytes:
    kind = b"\x42\x82" + bytes([0x80 | len(doctype)]) + doctype
    length = (1 << 56 | len(body)).to_bytes(8, "big") if known else b"\x01" + b"\xff" * 7
    return b"\x1a\x45\xdf\xa3" + bytes([0x80 | len(kind)]) + kind + b"\x18\x53\x80\x67" + length + body + tail


ZIP = b"PK\x03\x04" + b"\0" * 40 + b"PK\x05\x06" + b"\0" * 18
