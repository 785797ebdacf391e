"""Pytest plugin: a throwaway PostgreSQL and Valkey for the run, and a migrated template database.

Loaded before Django's settings are. With pytest-xdist only the controller starts them; workers inherit the address.
"""

import atexit
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from marketplace.stack.data_services import DataServices
from marketplace.stack.migration_stamp import fingerprint
from marketplace.stack.paths import ROOT, postgres_url
from marketplace.stack.postgres import APP_ROLE, BANK_ROLE, OWNER_ROLE
from tests.support.scratch import scratch_folder

TEMPLATE = "mooring_template"
BANK_TEMPLATE = "mooring_bank_template"
KEPT = ROOT / ".pytest_cache/mooring-templates"
# Databases cost nothing to the tests that do not ask for one.
WITHOUT_DATABASE = ("tests/unit", "tests/arch")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_load_initial_conftests(args: list[str]) -> Iterator[None]:
    """Around everybody's, so that the settings (which pytest-django loads here) read where the services are."""
    if wanted(args):
        start()
    return (yield)


def wanted(args: list[str]) -> bool:
    if "PYTEST_XDIST_WORKER" in os.environ or "--collect-only" in args or "--help" in args:
        return False
    paths = [argument for argument in args if argument.startswith("tests")]
    return not paths or not all(path.startswith(WITHOUT_DATABASE) for path in paths)


def start() -> None:
    var = scratch_folder("mooring-test-")
    os.environ["MOORING_VAR"] = str(var)
    services = DataServices(var, throwaway=True)
    owner = os.getpid()

    def stop() -> None:
        if os.getpid() == owner:  # forked children run exit handlers too
            services.stop()
            if services.postgres:
                services.postgres.erase()
            shutil.rmtree(var, ignore_errors=True)

    atexit.register(stop)
    services.start()
    os.environ |= services.environment()
    os.environ["MOORING_TEST_SOCKETS"] = str(services.sockets)
    make_template(services)


def make_template(services: DataServices) -> None:
    """Migrated once for each content of the migrations; afterwards restored, which takes a tenth of the time."""
    services.postgres.bootstrap({TEMPLATE: OWNER_ROLE, BANK_TEMPLATE: BANK_ROLE})
    kept = KEPT / fingerprint("tests")
    dumps = {name: kept / f"{name}.dump" for name in (TEMPLATE, BANK_TEMPLATE)}
    at = ["--host", os.environ["MOORING_TEST_SOCKETS"], "--username", "postgres"]
    if all(dump.exists() for dump in dumps.values()):
        for name, dump in dumps.items():
            subprocess.run([services.postgres.bin / "pg_restore", *at, "-d", name, "-j", "2", dump], check=True)
        return
    migrate_templates()
    shutil.rmtree(KEPT, ignore_errors=True)
    kept.mkdir(parents=True)
    for name, dump in dumps.items():
        half = dump.with_suffix(".half")
        subprocess.run([services.postgres.bin / "pg_dump", *at, "-Fc", "-f", half, name], check=True)
        half.rename(dump)


def migrate_templates() -> None:
    env = os.environ | {
        "DATABASE_URL": database_url(TEMPLATE, APP_ROLE),
        "DATABASE_OWNER_URL": database_url(TEMPLATE, OWNER_ROLE),
        "STANDIN_DATABASE_URL": database_url(BANK_TEMPLATE, BANK_ROLE),
        "STANDIN_SECRET": "only-to-migrate",
        "DJANGO_SETTINGS_MODULE": "marketplace.settings.test",
    }
    for program in (["manage.py"], ["-m", "marketplace.payments.standin"]):
        migrate = [sys.executable, *program, "migrate", "--no-input", "-v0"]
        subprocess.run(migrate, env=env, cwd=ROOT, check=True)


def database_url(name: str, role: str) -> str:
    return postgres_url(Path(os.environ["MOORING_TEST_SOCKETS"]), role=role, database=name)
