"""Requests made up from the schema get answers that the schema knows, and never a fault.

Whoever may do something tries the edges of every field; the other side, whom most of it does not reach, only made-up
requests. `tests/torture/` does both as both.
"""

import pytest
from django.test import override_settings
from schemathesis.schemas import BaseSchema

from marketplace.accounts.scopes import Scope
from marketplace.accounts.services.tokens import create_token
from tests.api.routes import routes
from tests.api.test_who_may_what import OTHER_SIDE, ROWS
from tests.support.fuzz import ask_everything, checks, one_connection, schema_for
from tests.web.conftest import rolled_back

EXAMPLES = 2
EDGES_TRIED_ELSEWHERE = {"writeTask"}  # the body of createTask, whose edges take longer than all others'
CHECKS = checks()


@pytest.fixture(scope="module", autouse=True)
def _unlimited():
    with one_connection(), override_settings(API_LIMITS=dict.fromkeys(("read", "write", "refused"), (10**9, 60))):
        yield


@pytest.fixture(scope="module")
def secrets(market) -> dict[str, str]:
    return {
        who: create_token(actor=market.people[who].actor, name="Fuzz", scopes=Scope.values, days=1)[1]
        for who in OTHER_SIDE
    }


@pytest.fixture(scope="module")
def schema(market) -> BaseSchema:
    return schema_for(market, examples=EXAMPLES)


@pytest.fixture(scope="module")
def without_edges(market) -> BaseSchema:
    return schema_for(market, examples=EXAMPLES, edges=False)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("id_", sorted(routes()))
def test_every_answer_is_one_that_the_schema_knows(schema, without_edges, secrets, id_):
    ask_as(secrets[may(id_)], without_edges if id_ in EDGES_TRIED_ELSEWHERE else schema, id_)


@pytest.mark.parametrize("id_", sorted(routes()))
def test_every_answer_to_the_other_side_is_one_that_the_schema_knows(without_edges, secrets, id_):
    ask_as(secrets[OTHER_SIDE[may(id_)]], without_edges, id_)


def may(id_: str) -> str:
    return ROWS[id_][1]


def ask_as(secret: str, schema: BaseSchema, id_: str) -> None:
    def ask(case) -> None:
        with rolled_back():
            case.call_and_validate(headers={"Authorization": f"Bearer {secret}"}, checks=CHECKS)

    ask_everything(schema, id_, ask)
