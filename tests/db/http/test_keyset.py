from datetime import date, timedelta
from types import SimpleNamespace

import pytest

from marketplace.accounts.models import Party
from marketplace.core import clock
from marketplace.http.keyset import Order, page_of, read, write

pytestmark = pytest.mark.django_db

NEWEST = Order(("created_at", "id"))
BY_NAME = Order(("name", "id"), descending=False)


@pytest.fixture
def parties() -> list[Party]:
    """Seven, of which three share their instant."""
    now = clock.now()
    ages = (0, 1, 1, 1, 2, 3, 4)
    return [
        Party.objects.create(kind="brand", name=f"Party {9 - n}", created_at=now - timedelta(hours=age))
        for n, age in enumerate(ages)
    ]


def walk(order: Order, size: int) -> list[list[int]]:
    pages, cursor = [], ""
    while True:
        page = page_of(Party.objects.all(), order, cursor=cursor, size=size)
        pages.append([row.pk for row in page.rows])
        assert page.is_first == (len(pages) == 1)
        if not page.after:
            return pages
        cursor = page.after


@pytest.mark.parametrize("size", [1, 2, 3, 6, 7, 8])
@pytest.mark.parametrize("order", [NEWEST, BY_NAME])
def test_every_row_comes_once_and_in_order(parties, order, size):
    pages = walk(order, size)
    assert [pk for page in pages for pk in page] == list(
        Party.objects.order_by(*order.order_by).values_list("pk", flat=True)
    )
    assert all(len(page) == size for page in pages[:-1])


@pytest.mark.parametrize("order", [NEWEST, BY_NAME])
def test_a_whole_page_has_the_same_rows(parties, order, django_assert_num_queries):
    found = Party.objects.filter(name__lt="Party 9")
    plain = page_of(found, order, cursor="", size=4)
    with django_assert_num_queries(1) as queries:
        whole = page_of(found, order, cursor="", size=4, whole=lambda rows: rows.select_related("card"))
    assert whole == plain
    assert len(whole.rows) == 4
    after = [page_of(found, order, cursor=whole.after, size=4, whole=shape).rows for shape in (None, lambda rows: rows)]
    assert after[0] == after[1]
    assert len(after[0]) == 2
    # What is joined is joined to the rows of the page: the keys are found and cut off first.
    inner, outer = queries[0]["sql"].split(" IN (SELECT ")[::-1]
    assert "LIMIT 5" in inner
    assert "JOIN" in outer
    assert "JOIN" not in inner


def test_rows_that_come_in_meanwhile_move_nothing(parties):
    first = page_of(Party.objects.all(), NEWEST, cursor="", size=3)
    Party.objects.create(kind="brand", name="Newest")
    second = page_of(Party.objects.all(), NEWEST, cursor=first.after, size=3)
    assert not {row.pk for row in first.rows} & {row.pk for row in second.rows}
    assert len(second.rows) == 3


@pytest.mark.parametrize("forged", ["", "x", "WzFd:abc:def", "' OR 1=1"])
def test_a_cursor_that_is_not_ours_is_the_first_page(parties, forged):
    assert page_of(Party.objects.all(), NEWEST, cursor=forged, size=3).is_first


def test_nor_is_one_of_another_order(parties):
    cursor = write(parties[3], BY_NAME)
    assert page_of(Party.objects.all(), NEWEST, cursor=cursor, size=3).is_first


def test_a_cursor_keeps_a_day():
    by_day = Order(("day", "id"), descending=False)
    row = SimpleNamespace(day=date(2026, 12, 1), id=7)
    assert read(write(row, by_day), by_day) == ["2026-12-01", 7]
