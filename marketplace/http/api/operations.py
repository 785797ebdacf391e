"""One operation of the API as data: what the view does by it, the schema says, and the tests walk."""

from dataclasses import dataclass

from rest_framework.serializers import Serializer

from marketplace.http.api.shapes import Query


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """`scope` is what a token needs; `answer` the shape of what comes back with `status` (`paged`: a page of it).
    `narrow`: it is for some kinds of party, and for the others it is not there. `later`: 409 until it
    is ready.
    """

    id: str
    summary: str
    scope: str
    answer: type[Serializer] | None = None
    status: int = 200
    paged: bool = False
    body: type[Serializer] | None = None
    query: type[Query] | None = None
    more: str = ""
    narrow: bool = False
    later: bool = False
