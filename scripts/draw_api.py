"""Writes docs/openapi.json, the committed copy of what the API says of itself."""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # also when it is run as a program
FILE = ROOT / "docs/openapi.json"


def main() -> None:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    import django  # noqa: PLC0415  after the settings are named

    django.setup()
    from marketplace.api.document import as_text  # noqa: PLC0415

    FILE.write_text(as_text())


if __name__ == "__main__":
    main()
