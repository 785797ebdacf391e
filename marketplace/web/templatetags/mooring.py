"""What components need to compute: proportions of drawings and the way back. Amounts arrive formatted."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from marketplace.web import drawing

register = template.Library()


@register.simple_tag
def hull(parts: Iterable[Any]) -> list[drawing.Bar]:
    """The bars of a money line's hull; each part has `place` and `minor`."""
    return drawing.hull([(_get(part, "place"), int(_get(part, "minor"))) for part in parts])


@register.simple_tag
def widest(parts: Iterable[Any]) -> float:
    """The greatest weight among a fit card's parts: the full width of the longest track."""
    return max((float(_get(part, "weight")) for part in parts), default=1.0)


@register.filter
def share(value: float | None, of: float | None) -> str:
    """`value` in percent of `of`, with a point in every language: it becomes an SVG attribute."""
    return drawing.percent(float(value or 0), float(of or 100))


@register.filter
def places(count: str | int) -> range:
    """1 … count, for the marks of a progress bar."""
    return range(1, int(count) + 1)


@register.filter
def whole(value: str | int) -> int:
    """An attribute as a number."""
    return int(value)


@register.filter
def figure(value: int) -> str:
    """A count as every language of ours writes it: 186,400."""
    return f"{int(value):,}"


@register.filter
def unlocalised(value: int) -> str:
    """A number as a form takes it back."""
    return str(int(value))


@register.simple_tag(takes_context=True)
def came_from(context: template.Context) -> str:
    """The page of ours that sent this request, to go back to; else the same address, else the start."""
    request = context["request"]
    referrer = request.META.get("HTTP_REFERER", "")
    if url_has_allowed_host_and_scheme(referrer, {request.get_host()}, require_https=request.is_secure()):
        return referrer
    return request.get_full_path() if request.method == "GET" else reverse("home")


def _get(part: Any, name: str) -> Any:
    return part[name] if isinstance(part, dict) else getattr(part, name)
