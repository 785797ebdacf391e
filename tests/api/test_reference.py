"""The document of the API is committed as it is served, and people can read all of it."""

import re

import pytest
from django.test import Client

from marketplace.api.document import as_text, document
from marketplace.stack.paths import ROOT
from tests.api.routes import routes

pytestmark = pytest.mark.django_db


def test_the_committed_document_is_what_is_served():
    served = Client().get("/api/v1/openapi.json")
    assert served.content.decode() == as_text()
    assert (ROOT / "docs/openapi.json").read_text() == as_text(), "stale: run scripts/draw_api.py"


def test_it_is_openapi_3_1_and_knows_every_operation():
    assert document()["openapi"].startswith("3.1")
    found = {operation["operationId"] for path in document()["paths"].values() for operation in path.values()}
    assert found == set(routes())


def test_every_body_is_closed_and_every_post_takes_a_key():
    for path in document()["paths"].values():
        for method, operation in path.items():
            names = [one["name"] for one in operation.get("parameters", [])]
            assert ("Idempotency-Key" in names) == (method == "post")
    for name, shape in document()["components"]["schemas"].items():
        if name.endswith("In") or name == "Filters":
            assert shape["additionalProperties"] is False, name


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_operation_is_on_the_page(language):
    """By a line on the first page, which leads to the place where it is described."""
    reader = Client(headers={"accept-language": language})
    first = reader.get("/api/docs/").content.decode()
    assert f'lang="{"zh-Hans" if language == "zh-hans" else "en"}"' in first
    assert "api:" not in first
    linked = {id_: place for place, id_ in re.findall(r'href="(/api/docs/[a-z-]+/)#(\w+)"', first)}
    assert set(linked) == set(routes())
    groups = {place: reader.get(place).content.decode() for place in set(linked.values())}
    for id_, place in linked.items():
        assert f'id="{id_}"' in groups[place]


def test_a_group_that_is_not_there_is_not_found():
    assert Client().get("/api/docs/no-such-thing/").status_code == 404


def test_every_code_that_a_problem_may_carry_has_its_place_on_the_page():
    page = Client().get("/api/docs/").content.decode()
    for code in ("invalid", "not_found", "terms_are_fixed", "no_seat_left", "idempotency_key_reused"):
        assert f'<tr id="{code}">' in page
