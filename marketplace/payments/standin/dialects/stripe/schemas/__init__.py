"""The frozen shapes of Stripe's objects and parameters (scripts/freeze_stripe_schemas.py writes them)."""

import json
from functools import cache
from pathlib import Path

_HOME = Path(__file__).parent


@cache
def of_request(call: str) -> dict:
    """The JSON Schema of a call's parameters."""
    return json.loads((_HOME / f"requests/{call}.json").read_text())


@cache
def version() -> str:
    """The API version that the shapes are of."""
    return (_HOME / "version.txt").read_text().strip()
