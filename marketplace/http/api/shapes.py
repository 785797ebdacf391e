"""What requests and answers of every app are made of."""

import functools
from collections.abc import Mapping
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from marketplace.http.api.fields import Text, WholeInAddress

NAMED = 20  # unknown fields that a complaint names at most
PAGE, LONGEST_PAGE = 25, 100


class In(serializers.Serializer):
    # What is sent. A field that is not declared here is refused by its name: nothing is assigned by accident.
    # (A comment, because the schema would show it as the description of every body.)

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        if isinstance(data, Mapping):
            refuse_unknown(set(data) - set(self.fields))
        return super().to_internal_value(data)


class Nothing(In):
    """An operation that takes no body."""


class Query(serializers.Serializer):
    """What an address asks for; a name that is not declared here, or one that comes twice, is refused."""

    @classmethod
    def read(cls, query: QueryDict) -> dict[str, Any]:
        shape = cls()
        refuse_unknown(set(query) - set(shape.fields))
        many = {name for name, field in shape.fields.items() if isinstance(field, serializers.ListField)}
        data = {name: query.getlist(name) if name in many else query[name] for name in query}
        if twice := [name for name in query if name not in many and len(query.getlist(name)) > 1]:
            raise ValidationError({name: [ErrorDetail(_("This comes once."), code="repeated")] for name in twice})
        found = cls(data=data)
        found.is_valid(raise_exception=True)
        return found.validated_data


class PageQuery(Query):
    cursor = Text(required=False, max_length=600, help_text="`next` of the page before")
    limit = WholeInAddress(1, LONGEST_PAGE, required=False, default=PAGE)


class MoneyOut(serializers.Serializer):
    amount_minor = serializers.IntegerField(help_text="In minor units: 1200000 is CNY 12,000.00")
    currency = serializers.RegexField(r"^[A-Z]{3}$", help_text="ISO 4217")


class ErrorOut(serializers.Serializer):
    field = serializers.CharField(help_text="Where, with dots: `deliverables.0.due_on`")
    code = serializers.CharField()
    detail = serializers.CharField()


class Problem(serializers.Serializer):
    """RFC 9457."""

    type = serializers.CharField(help_text="Address of what this code means")
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(help_text="A sentence for people, in the language of the request")
    code = serializers.CharField(help_text="Stable; programs decide by this")
    errors = ErrorOut(many=True, required=False, help_text="By field, where fields are to blame")
    request_id = serializers.CharField()


@functools.cache
def page_of(item: type[serializers.Serializer]) -> type[serializers.Serializer]:
    """The shape of one page of `item`."""
    fields = {
        "data": item(many=True),
        "next": serializers.CharField(allow_null=True, help_text="`cursor` of the next page; null on the last one"),
    }
    return type(f"{item.__name__}Page", (serializers.Serializer,), fields)


def refuse_unknown(names: set[str]) -> None:
    if names:
        unknown = ErrorDetail(_("There is no such field."), code="unknown_field")
        raise ValidationError({str(name)[:80]: [unknown] for name in sorted(names)[:NAMED]})
