#!/usr/bin/env python3
"""Django's command line for Mooring. `manage.py up` starts everything, `manage.py doctor` says what is missing."""

import os
import sys

from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "marketplace.settings.dev")
    execute_from_command_line(sys.argv)
