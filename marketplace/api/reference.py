"""The document as a person reads it: operations by what they are about, each with what goes in and what comes out."""

import functools
import json
from dataclasses import dataclass
from typing import Any

from marketplace.api.document import document

METHODS = ("get", "post", "patch", "delete")
DEPTH = 4
SAMPLES = {"date": "2026-12-01", "date-time": "2026-12-01T12:00:00Z", "uri": "https://example.com/"}


@dataclass(frozen=True, slots=True)
class Field:
    """One line of a table: a parameter, or a field of a body or an answer (with dots where it is nested)."""

    name: str
    kind: str
    required: bool
    says: str


@dataclass(frozen=True, slots=True)
class Described:
    id: str
    method: str
    path: str
    summary: str
    more: str
    scope: str
    parameters: list[Field]
    body: list[Field]
    status: str
    answer: list[Field]
    refusals: list[tuple[str, str]]
    curl: str


@functools.cache
def reference() -> dict[str, list[Described]]:
    """Tag → its operations, in the order of their addresses."""
    found: dict[str, list[Described]] = {}
    for path, methods in document()["paths"].items():
        for method in METHODS:
            if method in methods:
                operation = methods[method]
                found.setdefault(operation["tags"][0], []).append(described(path, method, operation))
    return dict(sorted(found.items()))


def described(path: str, method: str, operation: dict[str, Any]) -> Described:
    body = shape_in(operation.get("requestBody", {}))
    status, answered = next((code, one) for code, one in operation["responses"].items() if code.startswith("2"))
    return Described(
        id=operation["operationId"],
        method=method.upper(),
        path=path,
        summary=operation["summary"],
        more=operation["description"].partition("Scope:")[0].strip(),
        scope=operation["x-scope"],
        parameters=[
            Field(one["name"], kind(one["schema"]), one.get("required", False), one.get("description", ""))
            for one in operation.get("parameters", [])
        ],
        body=fields(body),
        status=status,
        answer=fields(shape_in(answered)),
        refusals=[(code, one["description"]) for code, one in operation["responses"].items() if code >= "400"],
        curl=curl(path, method, body),
    )


def shape_in(holder: dict[str, Any]) -> dict[str, Any]:
    return holder.get("content", {}).get("application/json", {}).get("schema", {})


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """Behind references, and without the null that it may be instead."""
    while True:
        if "$ref" in schema:
            schema = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
        elif options := schema.get("oneOf") or schema.get("anyOf") or schema.get("allOf"):
            schema = next(one for one in options if one.get("type") != "null")
        else:
            return schema


def kind(schema: dict[str, Any]) -> str:
    """`string`, `array of integer`, `food | beauty | …`, with `or null`."""
    types = schema.get("type", "")
    branches = [*schema.get("oneOf", []), *schema.get("anyOf", [])]
    null = "null" in types if isinstance(types, list) else {"type": "null"} in branches
    plain = resolved(schema)
    name = plain.get("type", "object")
    name = next(one for one in name if one != "null") if isinstance(name, list) else name
    if name == "array":
        name = f"array of {kind(plain['items'])}"
    elif "enum" in plain:
        name = " | ".join(str(one) for one in plain["enum"] if one not in {"", None})
    elif "format" in plain:
        name = plain["format"]
    return f"{name} or null" if null else name


def fields(schema: dict[str, Any], prefix: str = "", depth: int = DEPTH) -> list[Field]:
    plain = resolved(schema) if schema else {}
    found = []
    for name, inner in plain.get("properties", {}).items():
        path = f"{prefix}{name}"
        required = name in plain.get("required", [])
        found.append(Field(path, kind(inner), required, inner.get("description", "")))
        nested = resolved(inner)
        below, mark = (nested["items"], "[]") if nested.get("type") == "array" else (inner, "")
        if depth and "properties" in resolved(below):
            found += fields(below, f"{path}{mark}.", depth - 1)
    return found


def curl(path: str, method: str, body: dict[str, Any]) -> str:
    lines = [f"curl -X {method.upper()} https://HOST{path}", '  -H "Authorization: Bearer $MOORING_TOKEN"']
    if method == "post":
        lines.append('  -H "Idempotency-Key: $(uuidgen)"')
    if body:
        lines += ['  -H "Content-Type: application/json"', f"  -d '{json.dumps(sample(body))}'"]
    return " \\\n".join(lines)


def sample(schema: dict[str, Any]) -> Any:
    """Something of the right shape: what is required, or the first two things that may be sent."""
    plain = resolved(schema)
    if "properties" in plain:
        wanted = plain.get("required") or list(plain["properties"])[:2]
        return {name: sample(plain["properties"][name]) for name in wanted}
    name = plain.get("type")
    name = name[0] if isinstance(name, list) else name
    if name == "array":
        return [sample(plain["items"])]
    if "enum" in plain:
        return plain["enum"][0]
    plainly = {"integer": max(1, plain.get("minimum", 1)), "boolean": True}
    return plainly.get(name, SAMPLES.get(plain.get("format", ""), "pty_…" if plain.get("pattern") else "…"))
