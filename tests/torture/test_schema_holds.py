"""As `tests/api/test_schema_holds.py`, with a hundred made-up requests an operation."""

import pytest

from tests.api import test_schema_holds as plain

_unlimited, secrets = plain._unlimited, plain.secrets


@pytest.fixture(scope="module")
def schema(market):
    return plain.schema_for(market, examples=100)


@pytest.mark.parametrize("who", plain.PEOPLE)
@pytest.mark.parametrize("id_", sorted(plain.routes()))
def test_every_answer_is_one_that_the_schema_knows(schema, secrets, id_, who):
    plain.test_every_answer_is_one_that_the_schema_knows(schema, secrets, id_, who)
