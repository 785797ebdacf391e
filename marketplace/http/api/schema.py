"""The schema of the API, from the operations that its views declare."""

from collections.abc import Iterator
from typing import Any

from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiParameter

from marketplace.http.api.operations import Operation
from marketplace.http.api.shapes import In, Problem, page_of

JSON, PROBLEM = "application/json", "application/problem+json"
KEY = OpenApiParameter(
    "Idempotency-Key",
    {"type": "string", "pattern": "^[\\x21-\\x7e]{1,100}$"},
    OpenApiParameter.HEADER,
    description="The same request under the same key has its effect once, and the same answer, for 48 hours.",
)
SAYS = {
    "400": "Not well-formed",
    "401": "No token, or one that does not work",
    "403": "The scope or the role is missing",
    "404": "It does not exist, or you may not see that it does",
    "406": "Another form than JSON was asked for",
    "409": "It has moved on, or the key came with another request",
    "413": "Larger than 256 KiB",
    "415": "Not JSON",
    "422": "Fields are wrong, or a rule refuses; each is named",
    "429": "Too often",
}
ALWAYS = ("401", "403", "406", "422", "429")
WITH_BODY = ("400", "409", "413", "415")


class Schema(AutoSchema):
    @property
    def operation(self) -> Operation:
        return self.view.operations[self.method]

    def is_excluded(self) -> bool:
        return self.method not in getattr(self.view, "operations", {})

    def get_operation_id(self) -> str:
        return self.operation.id

    def get_summary(self) -> str:
        return self.operation.summary

    def get_description(self) -> str:
        return f"{self.operation.more} Scope: `{self.operation.scope}`.".strip()

    def get_tags(self) -> list[str]:
        return [self.view.tag]

    def get_extensions(self) -> dict[str, Any]:
        return {"x-scope": str(self.operation.scope)}

    def get_auth(self) -> list[dict[str, list]]:
        return [{"token": []}]

    def get_override_parameters(self) -> list[Any]:
        return [*filter(None, [self.operation.query]), *([KEY] if self.method == "POST" else ())]

    def get_request_serializer(self) -> Any:
        return self.operation.body

    def _get_request_body(self, direction: str = "request") -> dict[str, Any] | None:
        if self.operation.body is None:
            return None
        component = self.resolve_serializer(self.operation.body(), direction)
        required = any(field.required for field in self.operation.body().fields.values())
        return {"content": {JSON: {"schema": component.ref}}, "required": required}

    def get_response_serializers(self) -> Any:
        return self.operation.answer

    def _get_response_bodies(self, direction: str = "response") -> dict[str, Any]:
        shape, status = self.operation.answer, str(self.operation.status)
        if shape is None:
            found = {status: {"description": "Done"}}
        else:
            answer = self.resolve_serializer((page_of(shape) if self.operation.paged else shape)(), direction)
            found = {status: {"description": "Done", "content": {JSON: {"schema": answer.ref}}}}
        if self.method == "POST":
            replayed = {"description": "The key was known: this is what was answered then", "schema": {"const": "true"}}
            found[status]["headers"] = {"Idempotency-Replayed": replayed}
        problem = self.resolve_serializer(Problem(), direction)
        codes = {*ALWAYS, *(WITH_BODY if self.method in {"POST", "PATCH"} else ()), *(["404"] if self.may_miss else ())}
        codes |= {"409"} if self.operation.later else set()
        refusals = {
            code: {"description": SAYS[code], "content": {PROBLEM: {"schema": problem.ref}}} for code in sorted(codes)
        }
        refusals["401"]["headers"] = {"WWW-Authenticate": {"schema": {"type": "string"}, "required": True}}
        refusals["429"]["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "required": True}}
        return found | refusals

    @property
    def may_miss(self) -> bool:
        """What is not there: an id in the address, a side that writes no tasks, a kind of party that has none."""
        return "{" in self.path or self.method == "POST" or self.operation.narrow

    def resolve_serializer(self, serializer: Any, direction: str, bypass_extensions: bool = False) -> Any:
        component = super().resolve_serializer(serializer, direction, bypass_extensions)
        if isinstance(serializer, In):
            self.registry[component.key].schema["additionalProperties"] = False
        return component


def finish(result: dict[str, Any], generator: SchemaGenerator, request: Any, public: bool) -> dict[str, Any]:
    """What belongs to no single operation."""
    result["components"]["securitySchemes"] = {
        "token": {"type": "http", "scheme": "bearer", "description": "A personal access token, `mooring_…`"}
    }
    tags = {operation["tags"][0] for path in result["paths"].values() for operation in path.values()}
    result["tags"] = [{"name": name} for name in sorted(tags)]
    for node in walk(result):
        node.pop("x-spec-enum-id", None)
    for shape in result["components"]["schemas"].values():
        if shape.get("additionalProperties") is not False:  # an answer: what nobody has written yet is empty
            for node in walk(shape):
                node.pop("minLength", None)
    return result


def walk(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
    for inner in node.values() if isinstance(node, dict) else node if isinstance(node, list) else ():
        yield from walk(inner)
