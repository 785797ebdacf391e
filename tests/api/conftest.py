"""A market made once a module; what a request changes is taken back at once."""

from collections.abc import Iterator

import pytest

from marketplace.core.ids import new_id
from tests.factories.market import Market, make_market
from tests.support.databases import copy_database, drop_database, point_at


@pytest.fixture(scope="module")
def market(django_db_setup, django_db_blocker) -> Iterator[Market]:
    """Read it, and write only inside `rolled_back`."""
    from django.conf import settings

    shared = settings.DATABASES["default"]["NAME"]
    name = f"mooring_{new_id('tst')[-12:]}"
    with django_db_blocker.unblock():
        copy_database(name)
        point_at(name)
        try:
            yield make_market()
        finally:
            point_at(shared)
            drop_database(name)
