"""Reading a request's parameters: known names, right types, nothing else."""

import json
import re

from django.http import HttpRequest

from marketplace.payments.standin.engine import currencies
from marketplace.payments.standin.engine.errors import Refusal, invalid

LARGEST_AMOUNT = 10**15
_KEY = re.compile(r"[\x21-\x7e]{1,255}")


class Params:
    """The JSON object of a request; each name is taken once, and what nobody took is refused."""

    def __init__(self, given: dict) -> None:
        self._given = dict(given)

    def text(self, name: str, *, default: str | None = None, longest: int = 200) -> str:
        value = self._take(name, default)
        if not isinstance(value, str) or len(value) > longest or "\x00" in value or (default is None and not value):
            raise invalid(name, f"a text of at most {longest} characters")
        return value

    def integer(self, name: str, *, least: int, most: int, default: int | None = None) -> int:
        value = self._take(name, default)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise invalid(name, f"a whole number from {least} to {most}")
        return value

    def amount(self, name: str) -> int:
        return self.integer(name, least=1, most=LARGEST_AMOUNT)

    def currency(self, name: str) -> str:
        value = self.text(name)
        if not currencies.is_known(value):
            raise invalid(name, "an ISO 4217 code that this bank keeps accounts in")
        return value

    def texts(self, name: str) -> dict[str, str]:
        value = self._take(name, {})
        if not isinstance(value, dict) or len(value) > 50:
            raise invalid(name, "an object of at most 50 texts")
        if not all(isinstance(text, str) and len(text) <= 500 and "\x00" not in text for text in value.values()):
            raise invalid(name, "texts of at most 500 characters")
        return value

    def finish(self) -> None:
        """Refuse what nobody asked for: a misspelt name must not pass in silence."""
        if self._given:
            raise Refusal("parameter_unknown", f"Unknown: {', '.join(sorted(self._given))}.")

    def _take(self, name: str, default: object) -> object:
        if name in self._given:
            return self._given.pop(name)
        if default is None:
            raise invalid(name, "is needed")
        return default


def body(request: HttpRequest) -> dict:
    """The request's JSON object; no body is an empty one."""
    try:
        given = json.loads(request.body or b"{}")
    except (ValueError, RecursionError) as error:
        raise Refusal("invalid_json", "The body is not a JSON document.") from error
    if not isinstance(given, dict):
        raise Refusal("invalid_json", "The body is not a JSON object.")
    return given


def query(request: HttpRequest) -> Params:
    """The query string; a number stays a text until it is asked for as one."""
    given: dict = request.GET.dict()
    for name in ("limit", "cursor"):
        if given.get(name, "").isdecimal():
            given[name] = int(given[name])
    return Params(given)


def idempotency_key(request: HttpRequest) -> str:
    """The caller's key for this effect."""
    key = request.headers.get("Idempotency-Key", "")
    if not _KEY.fullmatch(key):
        raise Refusal("idempotency_key_missing", "Every POST carries an Idempotency-Key of 1 to 255 characters.")
    return key
