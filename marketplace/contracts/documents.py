"""The text of a contract and the hashes that prove it later."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

LANGUAGES = ("en", "zh-hans")


def canonical(agreed: Mapping[str, Any]) -> str:
    """One spelling of what was agreed: sorted keys, no spaces, UTF-8."""
    return json.dumps(agreed, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def sha256(text: str) -> str:
    return sha256_of_bytes(text.encode())


def sha256_of_bytes(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
