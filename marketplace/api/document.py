"""The one document that says what the API is. Always in English: names and codes are, and programs read it."""

import functools
import json
from typing import Any

from django.utils.translation import override
from drf_spectacular.generators import SchemaGenerator


@functools.cache
def document() -> dict[str, Any]:
    with override("en"):
        schema = SchemaGenerator(urlconf="marketplace.urls").get_schema(request=None, public=True)
        return json.loads(json.dumps(schema, default=str))


@functools.cache
def as_text() -> str:
    return json.dumps(document(), indent=1, ensure_ascii=False) + "\n"
