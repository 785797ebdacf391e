"""Reading JSON that somebody else wrote: bounded in size and depth before anything is made of it."""

import json
from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import APIException, ParseError
from rest_framework.parsers import BaseParser
from rest_framework.renderers import BaseRenderer

LARGEST = 256 * 1024
DEEPEST = 12


class TooLarge(APIException):
    status_code = 413
    default_code = "too_large"
    default_detail = _("The body is larger than 256 KiB.")


class JsonParser(BaseParser):
    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping | None = None) -> Any:
        declared = str(parser_context["request"].META.get("CONTENT_LENGTH") or 0)
        if declared.isdigit() and int(declared) > LARGEST:
            raise TooLarge
        body = stream.read(LARGEST + 1)
        if len(body) > LARGEST:
            raise TooLarge
        try:
            data = json.loads(body.decode(), parse_constant=refuse)
        except (ValueError, RecursionError) as error:
            raise ParseError(_("This is not well-formed JSON.")) from error
        if too_deep(data):
            raise ParseError(_("The body is nested too deeply."))
        return data


class JsonRenderer(BaseRenderer):
    """For content negotiation; answers are written by the views themselves."""

    media_type = "application/json"
    format = "json"
    charset = None

    def render(self, data: Any, media_type: str | None = None, renderer_context: Mapping | None = None) -> bytes:
        return json.dumps(data, default=str).encode()


def refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not JSON")


def too_deep(data: Any) -> bool:
    """Level by level: what is nested deeply must not be walked by recursion."""
    level = [data]
    for _depth in range(DEEPEST):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one if isinstance(one, list) else ())
            if isinstance(inner, dict | list)
        ]
        if not level:
            return False
    return True
