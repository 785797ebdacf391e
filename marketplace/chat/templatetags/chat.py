from django import template
from django.utils.html import linebreaks, urlize
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.filter
def said(text: str) -> SafeString:
    """What somebody typed, literally, with its line breaks; addresses lead out and vouch for nothing."""
    return mark_safe(linebreaks(urlize(text, nofollow=True, autoescape=True), autoescape=False))  # noqa: S308
