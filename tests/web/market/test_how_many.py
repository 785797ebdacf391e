"""What a list says of how many there are: exactly, or at least so many."""

import pytest
from django.test import Client
from django.urls import reverse

from creators.services.profiles import save_anchor_file
from creators.views import public
from marketplace.campaigns.models import VTask
from marketplace.campaigns.views import hall
from marketplace.http import counting
from tests.factories.people import make_owner
from tests.factories.tasks import make_merchant, open_task

pytestmark = pytest.mark.django_db


def heading(route: str, query: str, **headers: str) -> str:
    page = Client(headers=headers).get(f"{reverse(route)}?{query}").content.decode()
    return page.partition("<h1")[2].partition(">")[2].partition("</h1>")[0].strip()


@pytest.fixture
def three_tasks(monkeypatch) -> None:
    """Of which a page shows one."""
    monkeypatch.setattr(hall, "PAGE", 1)
    merchant = make_merchant()
    for _ in range(3):
        open_task(merchant)
    VTask.objects.update(category="food")


@pytest.mark.usefixtures("three_tasks")
def test_a_short_hall_is_counted(monkeypatch):
    assert heading("hall", "") == "3 V tasks are open"
    assert heading("hall", "category=food") == "3 V tasks match"
    monkeypatch.setattr(counting, "MOST", 2)
    assert heading("hall", "") == "More than 2 V tasks are open"


@pytest.mark.usefixtures("three_tasks")
def test_of_a_long_hall_the_first_rows_are(monkeypatch):
    monkeypatch.setattr(counting, "READ", 2)
    assert heading("hall", "category=food") == "At least 2 V tasks match"
    assert heading("hall", "category=food", accept_language="zh-hans") == "至少有2个V任务符合"
    assert heading("hall", "category=tech") == "0 V tasks match"


def test_the_directory_says_the_same(monkeypatch):
    for name in ("Lin Zhou", "Jiang Ye", "Qin An"):
        anchor = make_owner("anchor", name)
        save_anchor_file(actor=anchor.actor, complete=True, categories=["food"], bio="Live.", region="CN-ZJ")
    monkeypatch.setattr(public, "PAGE", 1)
    assert heading("anchors", "category=food") == "3 anchors match"
    monkeypatch.setattr(counting, "READ", 2)
    assert heading("anchors", "category=food") == "At least 2 anchors match"
