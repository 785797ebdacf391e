"""Addresses that lead outside, as somebody typed them. Pure.

A link on our pages is clicked because it is on our pages, so it must lead where it seems to lead: over https, to one
named host that is written out in ASCII, with nobody's name before it and no port behind it.
"""

import re
from urllib.parse import quote, urlsplit

LONGEST = 300
_NEVER = re.compile(r"[\s\x00-\x20\x7f\\<>\"'`{}|^]")
_LABEL = r"(?!-)[a-z0-9-]{1,63}(?<!-)"
_HOST = re.compile(rf"(?=.{{4,253}}$)(?:{_LABEL}\.)+[a-z][a-z0-9-]{{0,61}}[a-z0-9]")


def plain_https(typed: str) -> str:
    """The link in one spelling; without a scheme https is meant. Raises ValueError."""
    text = typed.strip()
    if not re.match(r"[a-z][a-z0-9+.-]*:", text, re.I):
        text = f"https://{text}"
    if _NEVER.search(text):
        raise ValueError("letters that no address has")
    parts = urlsplit(text)
    if parts.scheme.lower() != "https" or "@" in parts.netloc or ":" in parts.netloc:
        raise ValueError("not a plain https address")
    try:
        host = parts.netloc.encode("idna").decode().lower()
    except UnicodeError:
        raise ValueError("not a host") from None
    if not _HOST.fullmatch(host):
        raise ValueError("not a host")
    rest = parts._replace(scheme="", netloc="").geturl() or "/"
    link = f"https://{host}{quote(rest, safe='%/?#&=+:;,@!$()*~.-_[]')}"
    if len(link) > LONGEST:
        raise ValueError("too long")
    return link


def host_of(link: str) -> str:
    """Whose page it is, as people are shown it before they go there."""
    return (urlsplit(link).hostname or "").removeprefix("www.")
