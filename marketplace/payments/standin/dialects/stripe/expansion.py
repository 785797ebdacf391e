"""`expand[]`: an id becomes the object behind it, along dotted paths of at most four steps."""

from collections.abc import Callable

from marketplace.payments.standin.engine.errors import Refusal

DEEPEST = 4
Loader = Callable[[str], dict | None]
_loaders: dict[tuple[str, str], Loader] = {}


def expandable(object_type: str, field: str, load: Loader) -> None:
    """Say that this field of this kind of object may be expanded, and how."""
    _loaders[object_type, field] = load


def apply(body: dict, paths: list[str]) -> dict:
    """The body with what was asked for in place of ids."""
    for number, path in enumerate(paths):
        steps = path.split(".")
        if len(steps) > DEEPEST:
            message = f"You cannot expand more than {DEEPEST} levels of a property. Property: {path}"
            raise Refusal("cannot_expand", message, field=f"expand[{number}]")
        _walk(body, steps, path, number)
    return body


def _walk(node: dict, steps: list[str], path: str, number: int) -> None:
    if node.get("object") == "list" and steps[0] == "data":
        for item in node["data"]:
            if steps[1:]:
                _walk(item, steps[1:], path, number)
        return
    field, rest = steps[0], steps[1:]
    load = _loaders.get((node.get("object", ""), field))
    value = node.get(field)
    if load is None and not (isinstance(value, dict) and rest):
        message = f"This property cannot be expanded ({path})."
        raise Refusal("cannot_expand", message, field=f"expand[{number}]")
    if load and not isinstance(value, dict):
        # What includes itself on request (line items) is loaded by the id of its owner.
        node[field] = value = load(value if field in node else node["id"]) if value or field not in node else value
    if rest and isinstance(value, dict):
        _walk(value, rest, path, number)
