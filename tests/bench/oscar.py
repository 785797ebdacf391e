"""The other end of tests/bench/oscar_peer.py: django-oscar in its own environment, on the same PostgreSQL."""

import os
import subprocess
import sys
import tempfile

from django.conf import settings

from marketplace.stack.paths import ROOT
from marketplace.stack.postgres import OWNER_ROLE

PYTHON = ROOT / ".venv-bench/bin/python"


class Oscar:
    """A shop with its shelves filled; `page()` draws its catalogue."""

    def __init__(self) -> None:
        subprocess.run([sys.executable, "scripts/install_bench.py"], cwd=ROOT, check=True)
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "tests.bench.oscar_settings",
            "OSCAR_DATABASE_HOST": settings.DATABASES["default"]["HOST"],
            "OSCAR_DATABASE_USER": OWNER_ROLE,
            "OSCAR_MEDIA": tempfile.mkdtemp(dir=os.environ["MOORING_VAR"]),
            "PYTHONWARNINGS": "ignore",
        }
        self.process = subprocess.Popen(
            [PYTHON, "-m", "tests.bench.oscar_peer"],
            env=environment,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self.process.stdout.readline() != "ready\n":
            raise RuntimeError("django-oscar did not start")

    def page(self) -> float:
        """Milliseconds that one took there."""
        self.process.stdin.write("go\n")
        self.process.stdin.flush()
        return float(self.process.stdout.readline())
