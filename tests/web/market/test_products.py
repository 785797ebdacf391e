"""Products on the pages: in the step, on the task, with and without a script."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils.html import escape

from marketplace.campaigns.models import TaskProduct, VTask
from marketplace.campaigns.services.products import put_product
from marketplace.campaigns.services.publishing import submit_task
from marketplace.media.models import Asset
from tests.factories.pictures import picture
from tests.factories.tasks import draft, make_merchant
from tests.support.relay import relay_all
from tests.web.market.test_journey import browser, text

pytestmark = pytest.mark.django_db
HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ request.user }}{% load static %}",
    "</title><svg/onload=alert(1)>",
    "' autofocus onfocus='alert(1)",
)


@pytest.fixture
def merchant():
    return make_merchant()


@pytest.fixture
def task(merchant, settings, tmp_path) -> VTask:
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    }
    return draft(merchant)


def step(task: VTask) -> str:
    return f"/v-tasks/{task.public_id}/edit/job/"


def rows(*products: dict[str, object]) -> dict[str, object]:
    """The step's fields with these rows, as a browser sends them."""
    sent: dict[str, object] = {
        **{"title": "Autumn oolong, live", "form": "video", "mode": "open_call", "category": "home"},
        **{"p-TOTAL_FORMS": str(len(products)), "p-INITIAL_FORMS": str(len(products))},
    }
    for number, product in enumerate(products):
        plain = {"place": number + 1, "name": "", "price": "", "currency": "CNY", "link": ""}
        sent |= {f"p-{number}-{name}": value for name, value in (plain | product).items()}
    return sent


def photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("tea.jpg", picture(), "image/jpeg")


TEA = {"name": "Oolong, 50 g", "price": "268", "link": "shop.example/oolong"}


def told() -> list[tuple[int, str, int, str]]:
    return list(TaskProduct.objects.values_list("place", "name", "price_minor", "link"))


def test_written_in_the_step_shown_to_everybody(merchant, task):
    client = browser(merchant)
    assert client.post(step(task), rows(TEA | {"photo": photo()}, {})).status_code == 302
    assert told() == [(1, "Oolong, 50 g", 26_800, "https://shop.example/oolong")]
    relay_all()
    again = client.get(step(task)).content.decode()
    assert 'value="268.00"' in again
    assert 'name="p-1-place" value="2"' in again
    for own in (step(task), f"/v-tasks/{task.public_id}/"):
        assert "shop.example" in text(client.get(own))
    submit_task(actor=merchant.actor, public_id=task.public_id)
    page = Client().get(f"/tasks/{task.public_id}/").content.decode()
    assert '<a class="out" href="https://shop.example/oolong" rel="noopener nofollow ugc">shop.example' in page
    assert f"/media/{Asset.objects.get().public_id}/" in page
    assert "268.00" in page


def test_a_row_in_which_nothing_is_written_is_no_product(merchant, task):
    assert browser(merchant).post(step(task), rows({}, {"price": " "})).status_code == 302
    assert told() == []


def test_what_is_wrong_is_said_beside_it_and_what_is_right_is_kept(merchant, task):
    client = browser(merchant)
    client.post(step(task), rows(TEA))
    wrong = [
        TEA | {"name": "Oolong, 100 g", "link": "javascript:alert(1)", "photo": photo()},
        {"name": "Cup", "price": "cheap"},
        {"price": "12"},
    ]
    response = client.post(step(task), rows(*wrong))
    page = response.content.decode()
    assert response.status_code == 422
    for typed in ("javascript:alert(1)", "cheap", "12"):
        assert f'value="{typed}"' in page
    for said in ("Links are plain https addresses", "Write an amount such as 1,234.50.", "Give the product a name."):
        assert said in page
    assert told() == [(1, "Oolong, 100 g", 26_800, "https://shop.example/oolong"), (2, "Cup", 0, "")]
    assert TaskProduct.objects.get(place=1).picture == Asset.objects.get().public_id


def test_saving_itself_twice_makes_one_product_and_draws_it(merchant, task):
    client = browser(merchant)
    for name in ("Oolong", "Oolong, 50 g"):
        response = client.post(step(task), rows(TEA | {"name": name}), headers={"hx-request": "true"})
        assert name in text(response)
    assert told() == [(1, "Oolong, 50 g", 26_800, "https://shop.example/oolong")]
    client.post(step(task), {"title": "Half a ti"}, headers={"hx-request": "true"})
    assert len(told()) == 1


def test_another_row_and_away_with_one_keep_all_that_was_typed(merchant, task):
    client = browser(merchant)
    where = client.post(step(task), rows(TEA) | {"more": "1", "title": "Typed just now"})["Location"]
    assert where == f"{step(task)}#products"
    first = TaskProduct.objects.get()
    sent = rows(TEA | {"name": ""}, {"name": "Cup"}) | {"remove": first.public_id, "title": "And this"}
    assert client.post(step(task), sent)["Location"] == f"{step(task)}#products"
    assert told() == [(2, "Cup", 0, "")]
    task.refresh_from_db()
    assert task.title == "And this"


def test_somebody_elses_product_is_not_there(merchant, task):
    other = make_merchant("Far Away")
    theirs = put_product(
        actor=other.actor, public_id=draft(other).public_id, place=1, fields={"name": "Theirs", "link": ""}
    )
    assert browser(merchant).post(step(task), rows() | {"remove": theirs.public_id}).status_code == 404
    assert told() == [(1, "Theirs", 0, "")]


def test_not_a_draft_is_no_longer_there(merchant, task):
    client = browser(merchant)
    submit_task(actor=merchant.actor, public_id=task.public_id)
    assert client.post(step(task), rows(TEA)).status_code == 404
    assert told() == []


@pytest.mark.parametrize("place", ["0", "7", "-1", "x", "", "1e0", "9" * 40])
def test_a_place_that_is_none(merchant, task, place):
    browser(merchant).post(step(task), rows(TEA | {"place": place}))
    assert told() == []


def test_no_row_beyond_the_sixth_is_read(merchant, task):
    response = browser(merchant).post(step(task), rows(*[TEA] * 8))
    assert response.status_code == 422
    assert [row[0] for row in told()] == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_stays_a_name(merchant, task, name):
    client = browser(merchant)
    client.post(step(task), rows(TEA | {"name": name}))
    assert [row[1] for row in told()] == [name]
    assert f'value="{escape(name)}"' in client.get(step(task)).content.decode()
    submit_task(actor=merchant.actor, public_id=task.public_id)
    for reader, path in ((client, f"/v-tasks/{task.public_id}/"), (Client(), f"/tasks/{task.public_id}/")):
        page = reader.get(path).content.decode()
        assert f"<b>{escape(name)}</b>" in page
        assert name == escape(name) or name not in page
