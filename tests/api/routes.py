"""Every operation of the API, found in the URL conf."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import URLPattern, URLResolver, get_resolver

from marketplace.http.api.operations import Operation


@dataclass(frozen=True)
class Route:
    name: str
    method: str
    operation: Operation


def routes() -> dict[str, Route]:
    """By operation id."""
    api = next(found for found in get_resolver().url_patterns if getattr(found, "namespace", None) == "api")
    found = [
        Route(pattern.name, method, operation)
        for pattern in patterns(api.url_patterns)
        for method, operation in getattr(pattern.callback, "cls", type).__dict__.get("operations", {}).items()
    ]
    by_id = {route.operation.id: route for route in found}
    assert len(by_id) == len(found), "two operations with one id"
    return by_id


def patterns(found: list[URLPattern | URLResolver]) -> Iterator[URLPattern]:
    for pattern in found:
        if isinstance(pattern, URLResolver):
            yield from patterns(pattern.url_patterns)
        else:
            yield pattern
