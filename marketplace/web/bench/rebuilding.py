"""Indexes and foreign keys are built once over all rows, not row by row. What there is to build comes from the
catalogue itself; primary keys and CHECKs stay.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager

import psycopg

# How to drop it, how to make it again, and its name. Foreign keys go first and come last.
FOREIGN_KEYS = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)), conname
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype = 'f' ORDER BY conname
"""
UNIQUE_AND_EXCLUDING = """
SELECT format('ALTER TABLE %%s DROP CONSTRAINT %%I', conrelid::regclass, conname),
       format('ALTER TABLE %%s ADD CONSTRAINT %%I %%s', conrelid::regclass, conname, pg_get_constraintdef(oid)), conname
FROM pg_constraint WHERE conrelid = ANY(%s::regclass[]) AND contype IN ('u', 'x') ORDER BY conname
"""
INDEXES = """
SELECT format('DROP INDEX %%s', indexrelid::regclass), pg_get_indexdef(indexrelid), indexrelid::regclass::text AS name
FROM pg_index WHERE indrelid = ANY(%s::regclass[]) AND NOT indisprimary
AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid) ORDER BY name
"""


@contextmanager
def built_afterwards(
    connection: psycopg.Connection, tables: Sequence[str], said: Callable[[str], None]
) -> Iterator[None]:
    """Without secondary indexes and foreign keys of `tables` meanwhile; at the end they are there, and hold."""
    catalogue = (FOREIGN_KEYS, UNIQUE_AND_EXCLUDING, INDEXES)
    found = [one for query in catalogue for one in connection.execute(query, [list(tables)])]
    for drop, _make, _name in found:
        connection.execute(drop)
    yield
    for _drop, make, name in reversed(found):
        connection.execute(make)
        said(name)
