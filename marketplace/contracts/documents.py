"""The words of a contract, from a versioned template and what was agreed; and the hashes that prove them later.

Values go into the template as values, never as template text: what a party typed stays literal.
"""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.template.loader import render_to_string
from django.utils.translation import override

TEMPLATE_VERSION = "2026-11.2"
AMENDMENT_VERSION = "amendment-2026-11.1"
LANGUAGES = ("en", "zh-hans")


def canonical(agreed: Mapping[str, Any]) -> str:
    """One spelling of what was agreed: sorted keys, no spaces, UTF-8."""
    return json.dumps(agreed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    return sha256_of_bytes(text.encode())


def sha256_of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def document(*, number: str, language: str, governing: str, drafted_at: datetime, context: Mapping[str, Any]) -> str:
    """The whole text in `language`; `governing` is the language that counts if the two differ."""
    name = f"contracts/text/{TEMPLATE_VERSION}.{language}.txt"
    with override(language):
        said = render_to_string(
            name,
            {**context, "number": number, "governs": language == governing, "drafted_at": drafted_at},
        )
    return exact(said)


def amendment(*, language: str, governing: str, context: Mapping[str, Any]) -> str:
    """The whole text of a change in `language`."""
    with override(language):
        name = f"contracts/text/{AMENDMENT_VERSION}.{language}.txt"
        return exact(render_to_string(name, {**context, "governs": language == governing}))


def exact(said: str) -> str:
    """Exact bytes: no space at a line's end, one empty line at most, one line break at the end."""
    lines = [line.rstrip() for line in said.strip().splitlines()]
    kept = [line for place, line in enumerate(lines) if line or (place and lines[place - 1])]
    return "\n".join(kept) + "\n"


def indented(text: str) -> str:
    """A second line of what a party typed can never look like a clause of ours."""
    return "\n    ".join(text.strip().splitlines())
