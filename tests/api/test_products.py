"""Products of a task, told by a program."""

import pytest

from marketplace.campaigns.models import TaskProduct
from tests.factories.market import Market
from tests.factories.programs import Program, program
from tests.web.conftest import rolled_back

TEA = {"name": "Oolong,  50 g", "price": {"amount_minor": 26_800, "currency": "CNY"}, "link": "shop.example/oolong"}
CUP = {"name": "Cup"}


def told(who: Program, task: str) -> list[dict]:
    return who.get(f"tasks/{task}").json()["products"]


def test_told_replaced_and_left_alone(market: Market):
    with rolled_back():
        who = program(market.people["merchant"])
        made = who.post("tasks", {"title": "Tea", "products": [TEA, CUP]}).json()
        first, second = made["products"]
        assert first == {
            "id": first["id"],
            "name": "Oolong, 50 g",
            "price": {"amount_minor": 26_800, "currency": "CNY"},
            "link": "https://shop.example/oolong",
        }
        assert (second["name"], second["price"], second["link"]) == ("Cup", None, "")
        who.patch(f"tasks/{made['id']}", {"title": "More tea"})
        assert told(who, made["id"]) == [first, second]
        who.patch(f"tasks/{made['id']}", {"products": [{"id": second["id"], "name": "Tray"}, TEA]})
        after = told(who, made["id"])
        assert [one["name"] for one in after] == ["Tray", "Oolong, 50 g"]
        assert (after[0]["id"], after[1]["id"] == first["id"]) == (second["id"], False)
        who.patch(f"tasks/{made['id']}", {"products": []})
        assert told(who, made["id"]) == []


@pytest.mark.parametrize(
    ("products", "field", "code"),
    [
        ([CUP] * 7, "products", "max_length"),
        ([{"name": ""}], "products.0.name", "blank"),
        ([{"name": "x" * 81}], "products.0.name", "max_length"),
        ([CUP | {"link": "javascript:alert(1)"}], "products.0.link", "link_not_accepted"),
        ([CUP | {"link": "https://a.example@b.example/"}], "products.0.link", "link_not_accepted"),
        ([CUP | {"price": {"amount_minor": -1, "currency": "CNY"}}], "products.0.price.amount_minor", "min_value"),
        ([CUP | {"picture": "ast_x"}], "products.0.picture", "unknown_field"),
        ([CUP | {"place": 3}], "products.0.place", "unknown_field"),
    ],
)
def test_what_is_refused_changes_nothing(market: Market, products, field, code):
    with rolled_back():
        who = program(market.people["merchant"])
        task = who.post("tasks", {"title": "Tea", "products": [TEA]}).json()
        response = who.patch(f"tasks/{task['id']}", {"title": "Other", "products": products})
        assert response.status_code == 422
        assert [(one["field"], one["code"]) for one in response.json()["errors"]] == [(field, code)]
        after = who.get(f"tasks/{task['id']}").json()
        assert (after["title"], after["products"]) == ("Tea", task["products"])


def test_a_product_of_another_merchant_is_not_there(market: Market):
    with rolled_back():
        hers, theirs = program(market.people["merchant"]), program(market.people["other_merchant"])
        product = hers.post("tasks", {"products": [TEA]}).json()["products"][0]
        task = theirs.post("tasks", {"title": "Theirs"}).json()["id"]
        body = {"title": "Taken", "products": [{"id": product["id"], "name": "Mine"}]}
        assert theirs.patch(f"tasks/{task}", body).status_code == 404
        assert theirs.get(f"tasks/{task}").json()["title"] == "Theirs"
        assert TaskProduct.objects.get(public_id=product["id"]).name == "Oolong, 50 g"


def test_an_open_task_keeps_its_products(market: Market):
    with rolled_back():
        who, task = program(market.people["merchant"]), market.ids["open_task"]
        before = told(who, task)
        response = who.patch(f"tasks/{task}", {"products": [TEA]})
        assert (response.status_code, response.json()["code"]) == (409, "terms_are_fixed")
        assert told(who, task) == before
