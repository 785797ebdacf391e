"""Worlds that many modules read: each is made once a worker, and every module gets a copy of what it left.

Making one takes seconds, copying its database a tenth of one.
"""

import copy
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings

from marketplace.core.ids import new_id
from tests.factories.market import Market, make_market
from tests.factories.world import World, make_world
from tests.support.databases import copy_database, drop_database, point_at

NOBODY_THERE = "http://127.0.0.1:9"  # a provider that does not answer: what asks it goes on without
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@dataclass(frozen=True)
class Kept:
    """What was made, and where its rows and files are."""

    made: World | Market
    database: str
    files: Path


@contextmanager
def kept(make: Callable[[], World | Market], files: Path) -> Iterator[Kept]:
    with database_of_its_own() as name:
        with reading_in(name, files):
            made = make()
        yield Kept(made, name, files)


@contextmanager
def copy_of(kept: Kept, folder: Path) -> Iterator[World | Market]:
    """Read it, and write only inside `rolled_back`."""
    files = shutil.copytree(kept.files, folder / "files")
    with database_of_its_own(kept.database) as name, reading_in(name, files):
        yield copy.deepcopy(kept.made)


@contextmanager
def database_of_its_own(*template: str) -> Iterator[str]:
    name = f"mooring_{new_id('tst')[-12:]}"
    copy_database(name, *template)
    try:
        yield name
    finally:
        drop_database(name)


@contextmanager
def reading_in(name: str, files: Path) -> Iterator[None]:
    storage = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": files, "allow_overwrite": True},
    }
    storages = settings.STORAGES | {"default": storage, "staticfiles": PLAIN_STATIC}
    shared = settings.DATABASES["default"]["NAME"]
    with override_settings(STORAGES=storages, STANDIN_URL=NOBODY_THERE):
        point_at(name)
        try:
            yield
        finally:
            point_at(shared)


@pytest.fixture(scope="session")
def kept_world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Kept]:
    with django_db_blocker.unblock(), kept(make_world, tmp_path_factory.mktemp("kept")) as one:
        yield one


@pytest.fixture(scope="session")
def kept_market(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Kept]:
    with django_db_blocker.unblock(), kept(make_market, tmp_path_factory.mktemp("kept")) as one:
        yield one


@pytest.fixture(scope="module")
def world(kept_world, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """The harbour of `tests/factories/world.py`."""
    with django_db_blocker.unblock(), copy_of(kept_world, tmp_path_factory.mktemp("copy")) as one:
        yield one


@pytest.fixture(scope="module")
def market(kept_market, django_db_blocker, tmp_path_factory) -> Iterator[Market]:
    """The market of `tests/factories/market.py`."""
    with django_db_blocker.unblock(), copy_of(kept_market, tmp_path_factory.mktemp("copy")) as one:
        yield one
