#!/usr/bin/env python3
"""The bank's own command line: `manage.py migrate`, `manage.py run_sender`."""

import os
import sys
from pathlib import Path

from django.core.management import execute_from_command_line

ROOT = Path(__file__).resolve().parents[3]


def main() -> None:
    """Run one management command against the bank's own settings, whatever Mooring's are."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.payments.standin.settings"
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    # Run by its path, Python would look for packages beside this file instead of at the root.
    sys.path[0] = str(ROOT)
    main()
