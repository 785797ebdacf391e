import re
from collections.abc import Sequence

from django import template
from django.utils.html import conditional_escape, linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
TAG = re.compile(r"(<[^>]*>)")


@register.filter
def said(text: str, people: Sequence[dict[str, str]] = ()) -> SafeString:
    """What somebody typed, literally, with its line breaks; addresses lead out and vouch for nothing, and people who
    are named with an @ stand out."""
    html = linebreaks(urlize(text, nofollow=True, autoescape=True), autoescape=False)
    names = sorted({str(conditional_escape(one["name"])) for one in people or ()}, key=len, reverse=True)
    if names:
        named = re.compile("@(" + "|".join(map(re.escape, names)) + ")")
        parts = TAG.split(html)  # words and tags in turn: an address is left as it is
        parts[::2] = [named.sub(r"<b>@\1</b>", words) for words in parts[::2]]
        html = "".join(parts)
    return mark_safe(html)  # noqa: S308
