"""The text of a contract or of its change, and the hashes that prove it later.

Values go into a template as values, never as template text: what a party typed stays literal.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC
from typing import Any

from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import override

from marketplace.contracts.library.writing import tidy

AMENDMENT_VERSION = "amendment-2026-11.1"
LANGUAGES = ("en", "zh-hans")


def canonical(agreed: Mapping[str, Any]) -> str:
    """One spelling of what was agreed: sorted keys, no spaces, UTF-8."""
    return json.dumps(agreed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    return sha256_of_bytes(text.encode())


def sha256_of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def amendment(*, language: str, governing: str, context: Mapping[str, Any]) -> str:
    """The whole text of a change in `language`."""
    with override(language), timezone.override(UTC):
        name = f"contracts/text/{AMENDMENT_VERSION}.{language}.txt"
        return tidy(render_to_string(name, {**context, "governs": language == governing}))


def indented(text: str) -> str:
    """A second line of what a party typed can never look like a clause of ours."""
    return "\n    ".join(text.strip().splitlines())
