"""Holding what a caller sent against the frozen shape of what Stripe takes, and turning texts into what they mean."""

import re
from collections.abc import Iterable

from marketplace.payments.standin.dialects.stripe.refusals import must_be
from marketplace.payments.standin.engine.errors import Refusal

_INTEGER = re.compile(r"-?\d{1,18}")
_SCALARS = ("integer", "boolean", "number", "string")


def read(schema: dict, given: object, *, form: bool) -> dict:
    """The parameters with their types, or a refusal that names the first that is wrong.

    In a form everything is a text and lists are mappings from an index; in JSON a type must be right as it stands.
    """
    return _object(schema, given, "", form)


def require_supported(given: dict, takes: Iterable[str]) -> None:
    """Refuse what Stripe takes and this stand-in would have to ignore: in silence, it would teach something wrong."""
    for path in _paths(given, ""):
        if not any(path == name or path.startswith(f"{name}.") for name in takes):
            raise Refusal("not_built_here", f"Stripe takes {path}, this stand-in does not.", field=_bracketed(path))


def _value(schema: dict, given: object, path: str, form: bool) -> object:
    if "anyOf" in schema:
        return _any_of(schema["anyOf"], given, path, form)
    if "enum" in schema:
        if given not in schema["enum"]:
            raise must_be(path, "one of " + ", ".join(map(str, filter(None, schema["enum"]))))
        return given
    kind = schema.get("type")
    if kind == "object":
        return _object(schema, given, path, form)
    if kind == "array":
        return _array(schema, given, path, form)
    return _scalar(kind, given, path, form) if kind in _SCALARS else given


def _any_of(shapes: list[dict], given: object, path: str, form: bool) -> object:
    """The first shape that fits; if none does, what the likeliest said."""
    if isinstance(given, dict):
        shapes = [shape for shape in shapes if shape.get("type") in ("object", "array")] or shapes
    refusals = []
    for shape in shapes:
        try:
            return _value(shape, given, path, form)
        except Refusal as refusal:
            refusals.append(refusal)
    raise refusals[-1]


def _object(schema: dict, given: object, path: str, form: bool) -> dict:
    if not isinstance(given, dict):
        raise Refusal("invalid_object", f"Invalid object: {path or 'the parameters'}", field=path)
    if "properties" not in schema:
        inner = schema.get("additionalProperties")
        return {name: _value(inner, item, _under(path, name), form) if inner else item for name, item in given.items()}
    for name in given:
        if name not in schema["properties"]:
            unknown = _under(path, name)
            raise Refusal("parameter_unknown", f"Received unknown parameter: {unknown}", field=unknown)
    for name in schema["required"]:
        if name not in given:
            missing = _under(path, name)
            raise Refusal("parameter_missing", f"Missing required param: {missing}.", field=missing)
    return {name: _value(schema["properties"][name], item, _under(path, name), form) for name, item in given.items()}


def _array(schema: dict, given: object, path: str, form: bool) -> list:
    if form and isinstance(given, dict) and all(index.isdecimal() for index in given):
        given = [given[index] for index in sorted(given, key=int)]
    if not isinstance(given, list):
        raise Refusal("invalid_array", "Invalid array", field=path)
    return [_value(schema["items"], item, f"{path}[{number}]", form) for number, item in enumerate(given)]


def _scalar(kind: str, given: object, path: str, form: bool) -> object:
    if form and not isinstance(given, str):
        raise Refusal("invalid_string", f"Invalid {kind}: {path} is an object", field=path)
    match kind:
        case "integer":
            return _integer(given, path, form)
        case "boolean":
            if not (given in ("true", "false") if form else isinstance(given, bool)):
                raise Refusal("invalid_boolean", f"Invalid boolean: {given}", field=path)
            return given in ("true", True)
        case "string":
            if not isinstance(given, str):
                raise Refusal("invalid_string", f"Invalid string: {given}", field=path)
            if not given:
                message = f"You passed an empty string for '{path}'. We assume empty values are an attempt to unset a "
                raise Refusal("parameter_invalid_empty", message + "parameter; leave it out instead.", field=path)
    return given


def _integer(given: object, path: str, form: bool) -> int:
    if form and isinstance(given, str) and _INTEGER.fullmatch(given) and given.isascii():
        return int(given)
    if not form and isinstance(given, int) and not isinstance(given, bool):
        return given
    raise Refusal("parameter_invalid_integer", f"Invalid integer: {given}", field=path)


def _under(path: str, name: str) -> str:
    return f"{path}[{name}]" if path else name


def _bracketed(path: str) -> str:
    first, *rest = path.split(".")
    return first + "".join(f"[{name}]" for name in rest)


def _paths(given: object, above: str) -> Iterable[str]:
    """The names of all leaves, without the numbers of list items."""
    if isinstance(given, dict) and given:
        for name, item in given.items():
            yield from _paths(item, f"{above}.{name}" if above else name)
    elif isinstance(given, list) and given:
        for item in given:
            yield from _paths(item, above)
    elif above:
        yield above
