"""Requests made up from the schema get answers that the schema knows, and never a fault."""

import os

import pytest
from django.test import override_settings

from marketplace.accounts.scopes import Scope
from marketplace.accounts.services.tokens import create_token
from tests.api.routes import routes
from tests.support.fuzz import ask_everything, checks, one_connection, schema_for
from tests.web.conftest import rolled_back

EXAMPLES = int(os.environ.get("API_EXAMPLES", "3"))
PEOPLE = ("merchant", "anchor")
CHECKS = checks()


@pytest.fixture(scope="module", autouse=True)
def _unlimited():
    with one_connection(), override_settings(API_LIMITS=dict.fromkeys(("read", "write", "refused"), (10**9, 60))):
        yield


@pytest.fixture(scope="module")
def secrets(market) -> dict[str, str]:
    return {
        who: create_token(actor=market.people[who].actor, name="Fuzz", scopes=Scope.values, days=1)[1] for who in PEOPLE
    }


@pytest.fixture(scope="module")
def schema(market):
    return schema_for(market, examples=EXAMPLES)


@pytest.mark.timeout(600)
@pytest.mark.parametrize("who", PEOPLE)
@pytest.mark.parametrize("id_", sorted(routes()))
def test_every_answer_is_one_that_the_schema_knows(schema, secrets, id_, who):
    def ask(case) -> None:
        with rolled_back():
            case.call_and_validate(headers={"Authorization": f"Bearer {secrets[who]}"}, checks=CHECKS)

    ask_everything(schema, id_, ask)
