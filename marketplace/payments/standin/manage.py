#!/usr/bin/env python3
"""The bank's own command line: `manage.py migrate`, `manage.py run_worker`."""

import os
import sys

from django.core.management import execute_from_command_line


def main() -> None:
    """Run one management command against the bank's own settings, whatever Mooring's are."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "marketplace.payments.standin.settings"
    execute_from_command_line(sys.argv)


if __name__ == "__main__":
    main()
