"""Pictures: bytes in, bytes out. The only module that opens an image; it knows no database and no storage.

A header is judged before anything is decoded. What is served is always drawn anew from pixels, so nothing else that
was in the file (place, camera, comments, a second file behind the first) is in what we serve.
"""

import base64
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageCms, ImageOps

from marketplace.media.checked import Checked, Format, check_size
from marketplace.media.errors import Damaged, NotAPicture, PhoneFormat, TooManyPixels
from marketplace.media.limits import MAX_PIXELS, MAX_SIDE, WIDTHS
from marketplace.media.overlay import overlaid
from marketplace.media.sniff import is_heif, mime_types

FORMATS = {
    "JPEG": Format(
        "JPEG", "image/jpeg", frozenset({"jpg", "jpeg", "jpe", "jfif"}), frozenset({"image/jpg", "image/pjpeg"})
    ),
    "PNG": Format("PNG", "image/png", frozenset({"png", "apng"}), frozenset({"image/x-png", "image/apng"})),
    "WEBP": Format("WebP", "image/webp", frozenset({"webp"})),
    "GIF": Format("GIF", "image/gif", frozenset({"gif"})),
    "AVIF": Format("AVIF", "image/avif", frozenset({"avif"})),
}
# Measured on photographs at 1280 wide: AVIF at 60 and WebP at 78 look alike; speed 8 takes half of speed 6.
ENCODERS = {
    "avif": ("AVIF", {"quality": 60, "speed": 8}),
    "webp": ("WEBP", {"quality": 78, "method": 4}),
}
DEEP = {"I", "I;16", "I;16B", "I;16L", "I;16N"}
PLACEHOLDER_SIDE = 16

# Pillow's own guards, set to our limit: its warning is an error here, and its error comes before any decoding.
Image.MAX_IMAGE_PIXELS = MAX_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


@dataclass(frozen=True, slots=True)
class Drawn:
    """One rendition."""

    format: str
    width: int
    height: int
    data: bytes = field(repr=False)
    overlay: bool = False


@dataclass(frozen=True, slots=True)
class Rendered:
    """All that is served of a picture, and what stands in for it until it has loaded."""

    width: int
    height: int
    colour: str
    placeholder: str
    drawn: tuple[Drawn, ...]


def check_picture(data: bytes, *, filename: str = "", content_type: str = "") -> Checked:
    """Judge a picture by its content, without decoding it.

    Raises EmptyUpload, UploadTooBig, PhoneFormat, NotAPicture, TooManyPixels, Damaged, Mistyped.
    """
    check_size(len(data))
    if is_heif(data):
        raise PhoneFormat
    kind = next((kind for kind in FORMATS.values() if kind.mime in mime_types(data)), None)
    if kind is None:
        raise NotAPicture
    with _opened(data) as image:
        if FORMATS[image.format] is not kind:
            raise NotAPicture
        kind.hold_to(filename, content_type)
        return Checked(data=data, format=kind, width=image.width, height=image.height)


def render(
    data: bytes, *, widths: Sequence[int] = WIDTHS, formats: Sequence[str] = tuple(ENCODERS), draft: str = ""
) -> Rendered:
    """Decode a picture whose header was judged and draw it anew; with words in `draft`, also each size under them.

    Raises Damaged, and what `check_picture` raises.
    """
    check_size(len(data))
    with _opened(data) as image:
        try:
            upright = _clean(image)
        except MemoryError:
            raise  # our want, not the file's fault: it is tried again
        except Exception as error:  # a decoder that is fed hostile bytes may raise anything
            raise Damaged from error
    largest = min(upright.width, max(widths))
    sizes = [width for width in widths if width < largest] + [largest]
    scaled = [_scaled(upright, width) for width in sizes]
    drawn = [_draw(picture, name) for picture in scaled for name in formats]
    if draft:
        covered = [overlaid(picture, draft) for picture in scaled]
        drawn += [_draw(picture, name, overlay=True) for picture in covered for name in formats]
    colour, placeholder = _stand_in(scaled[0])
    return Rendered(upright.width, upright.height, colour, placeholder, tuple(drawn))


def _opened(data: bytes) -> Image.Image:
    """The header, parsed by one of five decoders; for a moving picture, its first frame."""
    try:
        image = Image.open(io.BytesIO(data), formats=list(FORMATS))
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
        raise TooManyPixels(megapixels=MAX_PIXELS // 1_000_000) from error
    except MemoryError:
        raise
    except Exception as error:  # its first bytes were right, so it is one of ours and broken
        raise Damaged from error
    if image.width * image.height > MAX_PIXELS or max(image.size) > MAX_SIDE:
        image.close()
        raise TooManyPixels(megapixels=MAX_PIXELS // 1_000_000)
    return image


def _clean(image: Image.Image) -> Image.Image:
    """Decoded, upright, eight bits of sRGB (with or without transparency), and nothing but pixels."""
    image.load()
    profile = image.info.get("icc_profile")
    if image.mode in DEEP:
        image = image.convert("I").point(lambda value: value * (1 / 257)).convert("L")
    try:
        image = ImageOps.exif_transpose(image)
    except Exception:  # unreadable notes about the picture are dropped with all the others
        image = image.copy()
    clear = "transparency" in image.info or image.mode in {"RGBA", "LA", "PA", "RGBa", "La"}
    image = _to_srgb(image, profile, clear)
    image.info = {}  # encoders copy the profile, EXIF and XMP from here
    return image


def _to_srgb(image: Image.Image, profile: bytes | None, clear: bool) -> Image.Image:
    target = "RGBA" if clear else "RGB"
    if profile and image.mode in {"RGB", "CMYK", "L"}:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass  # a profile that is broken, or for other colours than these
        else:
            return converted.convert(target)
    return image.convert(target)


def _scaled(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=3.0)


def _draw(image: Image.Image, name: str, *, overlay: bool = False) -> Drawn:
    encoder, options = ENCODERS[name]
    out = io.BytesIO()
    image.save(out, encoder, **options)
    return Drawn(name, image.width, image.height, out.getvalue(), overlay)


def _stand_in(image: Image.Image) -> tuple[str, str]:
    """The mean colour as #rrggbb, and a blur of a few hundred bytes as a data: address."""
    small = image.convert("RGB")
    red, green, blue = small.resize((1, 1), Image.Resampling.BOX).getpixel((0, 0))
    small.thumbnail((PLACEHOLDER_SIDE, PLACEHOLDER_SIDE))
    out = io.BytesIO()
    small.save(out, "WEBP", quality=30)
    return f"#{red:02x}{green:02x}{blue:02x}", "data:image/webp;base64," + base64.b64encode(out.getvalue()).decode()
