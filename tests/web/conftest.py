"""What a request changes in a world that many tests read is taken back at once."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def rolled_back() -> Iterator[None]:
    """Whatever happens to the database in here did not happen; durable use cases are allowed, as in a test case."""
    around = transaction.atomic()
    around._from_testcase = True
    with around:
        yield
        transaction.set_rollback(True)
