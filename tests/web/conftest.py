"""The harbour of `tests/factories/world.py`, made once a module; what a request changes is taken back at once."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import transaction
from django.test import override_settings

from marketplace.core.ids import new_id
from tests.factories.world import World, make_world
from tests.support.databases import copy_database, drop_database, point_at

NOBODY_THERE = "http://127.0.0.1:9"  # a provider that does not answer: what asks it goes on without
PLAIN_STATIC = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[World]:
    """Read it, and write only inside `rolled_back`."""
    from django.conf import settings

    files = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": tmp_path_factory.mktemp("files"), "allow_overwrite": True},
    }
    shared = settings.DATABASES["default"]["NAME"]
    name = f"mooring_{new_id('tst')[-12:]}"
    storages = settings.STORAGES | {"default": files, "staticfiles": PLAIN_STATIC}
    with django_db_blocker.unblock(), override_settings(STORAGES=storages, STANDIN_URL=NOBODY_THERE):
        copy_database(name)
        point_at(name)
        try:
            yield make_world()
        finally:
            point_at(shared)
            drop_database(name)


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever happens to the database in here did not happen; durable use cases are allowed, as in a test case."""
    around = transaction.atomic()
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)
