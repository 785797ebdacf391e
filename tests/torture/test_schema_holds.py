"""As `tests/api/test_schema_holds.py`, with a hundred made-up requests an operation, and the edges as either side."""

import pytest

from tests.api import test_schema_holds as plain

_unlimited, secrets = plain._unlimited, plain.secrets


@pytest.fixture(scope="module")
def schema(market):
    return plain.schema_for(market, examples=100)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", plain.OTHER_SIDE)
@pytest.mark.parametrize("id_", sorted(plain.routes()))
def test_every_answer_is_one_that_the_schema_knows(schema, secrets, id_, who):
    plain.ask_as(secrets[who], schema, id_)
