"""What components need to compute: proportions of drawings, nothing else. Amounts arrive formatted."""

from collections.abc import Iterable
from typing import Any

from django import template

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


def _get(part: Any, name: str) -> Any:
    return part[name] if isinstance(part, dict) else getattr(part, name)
