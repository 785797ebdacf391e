"""The base of every view of the API. A view names its operations; what all of them share happens here: who asks, with
which scope, how often, whether what was sent has the right shape, and that the same request twice has the effect of
once.
"""

import json
import re
from collections.abc import Callable
from typing import Any, ClassVar

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.serializers import Serializer
from rest_framework.utils.encoders import JSONEncoder
from rest_framework.views import APIView

from marketplace.core.actor import Actor
from marketplace.core.errors import NotFound
from marketplace.core.idempotency import AnsweredBefore, answered_once
from marketplace.http import keyset
from marketplace.http.api.limits import Limit
from marketplace.http.api.operations import Operation
from marketplace.http.api.problems import InsufficientScope, InvalidCursor, InvalidKey
from marketplace.http.api.shapes import Nothing, Query

KEY = re.compile(r"^[\x21-\x7e]{1,100}$")
WRITES = {"POST", "PUT", "PATCH"}


class ApiView(APIView):
    """`sent` is the body and `asked` the query, both checked, when the method runs."""

    tag: ClassVar[str] = ""
    operations: ClassVar[dict[str, Operation]] = {}
    throttle_classes = (Limit,)
    metadata_class = None

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        timezone.deactivate()  # a page shows the hours of the party's zone, the API those of UTC
        super().initial(request, *args, **kwargs)
        operation = self.operations.get("GET" if request.method == "HEAD" else request.method)
        if operation is None:
            self.http_method_not_allowed(request)
        if operation.scope not in request.auth.scopes:
            raise InsufficientScope(scope=str(operation.scope))
        self.operation = operation
        self.asked = (operation.query or Query).read(request.query_params)
        self.sent = self.checked(operation.body or Nothing, request.data) if request.method in WRITES else {}

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.http_method_not_allowed(request)

    @property
    def allowed_methods(self) -> list[str]:
        return sorted({*self.operations, *({"HEAD"} if "GET" in self.operations else ())})

    @property
    def actor(self) -> Actor:
        return self.request.auth.actor

    def checked(self, shape: type[Serializer], data: Any) -> dict[str, Any]:
        found = shape(data=data)
        found.is_valid(raise_exception=True)
        return found.validated_data

    def shown(self, thing: Any) -> Any:
        """`thing` in the shape of this operation's answer."""
        return self.operation.answer(thing, context={"actor": self.actor, "request": self.request}).data

    def answer(self, thing: Any) -> HttpResponse:
        return reply(self.operation.status, written(self.shown(thing)))

    def page(self, rows: QuerySet, order: keyset.Order, *, whole: keyset.Whole | None = None) -> HttpResponse:
        """One page of `rows`; `whole` as in `keyset.page_of`. Raises InvalidCursor."""
        cursor = self.asked.get("cursor", "")
        if cursor and keyset.read(cursor, order) is None:
            raise InvalidCursor
        found = keyset.page_of(rows, order, cursor=cursor, size=self.asked["limit"], whole=whole)
        return self.all_of(found.rows, after=found.after)

    def all_of(self, rows: Any, *, after: str = "") -> HttpResponse:
        data = self.operation.answer(rows, many=True, context={"actor": self.actor, "request": self.request}).data
        return reply(self.operation.status, written({"data": data, "next": after or None}))

    def act(
        self, use_case: Callable[..., Any], *, shown: Callable[[Any], Any] | None = None, **arguments: Any
    ) -> HttpResponse:
        """Call `use_case` and answer with what it returns (`shown` turns that into the answer).

        With an Idempotency-Key the answer is written inside the use case's transaction, and is the same while kept.
        """

        def text(result: Any) -> tuple[int, str]:
            if self.operation.answer is None:
                return self.operation.status, ""
            return self.operation.status, written(self.shown(result) if shown is None else shown(result))

        key = self.request.headers.get("Idempotency-Key")
        if key is None or self.request.method != "POST":
            return reply(*text(use_case(actor=self.actor, **arguments)))
        if not KEY.match(key):
            raise InvalidKey
        asked = {"path": self.request.path, "body": self.request.data}
        answers: list[tuple[int, str]] = []

        def keep(result: Any) -> tuple[int, str]:
            answers.append(text(result))
            return answers[-1]

        once = answered_once(actor=self.actor, operation="api", key=key, request=asked, answer=keep)
        try:
            with once:
                use_case(actor=self.actor, **arguments)
        except AnsweredBefore as before:
            response = reply(before.status, before.answer)
            response["Idempotency-Replayed"] = "true"
            return response
        return reply(*answers[-1])


class Nowhere(ApiView):
    """Whatever else lies under the API's address."""

    schema = None
    authentication_classes = ()
    permission_classes = ()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        raise NotFound


def written(data: Any) -> str:
    return json.dumps(data, cls=JSONEncoder)


def reply(status: int, text: str) -> HttpResponse:
    response = HttpResponse(text, status=status, content_type="application/json" if text else None)
    if not text:
        del response["Content-Type"]
    response["Cache-Control"] = "private, no-store"
    return response
