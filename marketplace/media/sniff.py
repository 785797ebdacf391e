"""What bytes are by their first ones, before anything decodes them. Pure."""

import puremagic

HEAD = 4096
HEIF_BRANDS = {b"heic", b"heix", b"hevc", b"hevx", b"heim", b"heis", b"hevm", b"hevs", b"mif1", b"msf1"}
AVIF_BRANDS = {b"avif", b"avis"}


def mime_types(data: bytes) -> set[str]:
    """Every type that the first bytes could be."""
    try:
        found = puremagic.magic_string(data[:HEAD])
    except (puremagic.PureError, ValueError):
        return set()
    return {match.mime_type for match in found if match.mime_type}


def is_heif(data: bytes) -> bool:
    """HEIC and its relatives. AVIF shares the container, so all its declared brands are looked at."""
    if data[4:8] != b"ftyp":
        return False
    end = min(int.from_bytes(data[:4], "big"), 256, len(data))
    brands = {data[8:12], *(data[at : at + 4] for at in range(16, end, 4))}
    return bool(brands & HEIF_BRANDS) and not brands & AVIF_BRANDS


def is_pdf(data: bytes) -> bool:
    return data.startswith(b"%PDF-")
