"""Where a payer may be sent afterwards: only to origins that the operator named. The bank is no open redirect."""

from urllib.parse import urlsplit

from django.conf import settings

from marketplace.payments.standin.engine.errors import invalid


def check(field: str, url: str) -> str:
    """The address itself, when it is absolute, plain and on a known origin."""
    if _is_plain(url):
        parts = urlsplit(url)
        if f"{parts.scheme}://{parts.netloc}".lower() in settings.STANDIN.return_origins:
            return url
    raise invalid(field, "not on one of the origins that this bank returns payers to")


def _is_plain(url: str) -> bool:
    """Browsers repair what they do not understand (backslashes, tabs, line ends); we refuse it instead."""
    return url.isascii() and url.isprintable() and not set(url) & set("\\ \"'<>") and len(url) <= 2000
