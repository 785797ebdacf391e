"""Fields of requests, as strict as their schema says: JSON types are not converted into one another."""

import re
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers
from rest_framework.fields import empty

from marketplace.core.ids import ALPHABET, LENGTH

DAY = r"^20\d{2}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"
INSTANT = DAY[:-1] + r"T([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,6})?(Z|[+-](0\d|1[0-4]):[0-5]\d)$"
DIGITS = re.compile(r"^\d{1,12}$", re.A)


def id_pattern(prefix: str) -> str:
    return rf"^{prefix}_[{ALPHABET}]{{{LENGTH}}}$"


class Text(serializers.CharField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Address(serializers.URLField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid")
        return super().to_internal_value(data)


class Whole(serializers.IntegerField):
    """A JSON number without a fraction; always between bounds, because columns have some."""

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(min_value=least, max_value=most, **options)

    def to_internal_value(self, data: Any) -> int:
        if isinstance(data, bool) or not isinstance(data, int | float) or data != data // 1:
            self.fail("invalid")
        return int(data)


class Flag(serializers.BooleanField):
    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


@extend_schema_field({"type": "string", "format": "date", "pattern": DAY})
class Day(serializers.DateField):
    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not re.match(DAY, value, re.A):
            self.fail("invalid", format="YYYY-MM-DD")
        return super().to_internal_value(value)


@extend_schema_field({"type": "string", "format": "date-time", "pattern": INSTANT})
class Instant(serializers.DateTimeField):
    """RFC 3339, with its offset: an hour without a zone is a guess."""

    def to_internal_value(self, value: Any) -> Any:
        if not isinstance(value, str) or not re.match(INSTANT, value, re.A):
            self.fail("invalid", format="YYYY-MM-DDThh:mm:ssZ")
        return super().to_internal_value(value)


class Choice(serializers.ChoiceField):
    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str):
            self.fail("invalid_choice", input=data)
        return super().to_internal_value(data)


class Id(serializers.RegexField):
    """A public id of one kind."""

    def __init__(self, prefix: str, **options: Any) -> None:
        super().__init__(id_pattern(prefix), trim_whitespace=False, **options)


class Several(serializers.ListField):
    """Each at most once, in the order given."""

    def __init__(self, child: serializers.Field, most: int, **options: Any) -> None:
        super().__init__(child=child, max_length=most, **options)

    def run_validation(self, data: Any = empty) -> list:
        """Counted as sent, kept once each."""
        return list(dict.fromkeys(super().run_validation(data)))


# In an address everything is text.


@extend_schema_field({"type": "integer"})
class WholeInAddress(serializers.Field):
    default_error_messages = {"invalid": serializers.IntegerField.default_error_messages["invalid"]}

    def __init__(self, least: int, most: int, **options: Any) -> None:
        super().__init__(**options)
        self.least, self.most = least, most
        self.validators += [MinValueValidator(least), MaxValueValidator(most)]
        bounds = {"type": "integer", "minimum": least, "maximum": most}
        extend_schema_field(bounds | ({"default": self.default} if not self.required else {}))(self)

    def to_internal_value(self, data: Any) -> int:
        if not DIGITS.match(data):
            self.fail("invalid")
        return int(data)


@extend_schema_field({"type": "boolean"})
class FlagInAddress(serializers.Field):
    default_error_messages = {"invalid": serializers.BooleanField.default_error_messages["invalid"]}

    def to_internal_value(self, data: Any) -> bool:
        if data not in {"true", "false"}:
            self.fail("invalid")
        return data == "true"
