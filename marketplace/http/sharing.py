"""What a page needs to be passed on: its whole address, a code to point a phone at, a picture for those who preview."""

from dataclasses import dataclass

from django.conf import settings

from marketplace.http.qr import QrCode, qr_code


@dataclass(frozen=True, slots=True)
class Shared:
    """For `<c-share>` and `<c-social>`. `picture` is a whole address, or empty."""

    url: str
    code: QrCode
    picture: str = ""


def shared(path: str, picture: str = "") -> Shared:
    """`path` and `picture` are addresses of ours, from the root."""
    url = f"{settings.SITE_URL}{path}"
    return Shared(url, qr_code(url), f"{settings.SITE_URL}{picture}" if picture else "")
