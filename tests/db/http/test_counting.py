"""How many there are: exact while a list is short, and never dear when it is long."""

import pytest

from marketplace.campaigns.models import Campaign
from marketplace.http import counting
from marketplace.http.counting import Count, counted
from marketplace.http.keyset import Order, page_of
from tests.factories.people import make_owner

pytestmark = pytest.mark.django_db
ORDER = Order(("name", "id"))


@pytest.fixture(autouse=True)
def ten(monkeypatch):
    """Ten rows; a count looks at six of them and goes no further than four."""
    monkeypatch.setattr(counting, "READ", 6)
    monkeypatch.setattr(counting, "MOST", 4)
    party = make_owner("brand").party
    return [Campaign.objects.create(party=party, name=f"Campaign {n}") for n in range(10)]


def first_page(found, size: int):
    return page_of(found, ORDER, cursor="", size=size)


def test_what_one_page_shows_is_counted_without_a_query(django_assert_num_queries):
    found = Campaign.objects.filter(name__gte="Campaign 7")
    page = first_page(found, 3)
    with django_assert_num_queries(0):
        assert counted(found, page, order=ORDER, among=Campaign.objects.all()) == Count(3, exact=True)


def test_a_whole_list_is_counted_to_the_most(django_assert_num_queries):
    found = Campaign.objects.all()
    with django_assert_num_queries(2):
        assert counted(found, first_page(found, 2), order=ORDER) == Count(4, exact=False)
    few = Campaign.objects.filter(name__gte="Campaign 6")
    assert counted(few, first_page(few, 2), order=ORDER) == Count(4, exact=True)


@pytest.mark.parametrize(
    ("names", "count"),
    [
        ("023", Count(2, exact=False)),  # shown, though none of it is among the six: at least that
        ("456789", Count(4, exact=False)),
        ("0189", Count(2, exact=False)),
        ("579", Count(3, exact=False)),
    ],
)
def test_of_a_long_list_the_first_rows_are_counted(names, count, django_assert_num_queries):
    """Down from Campaign 9: the six are 9 to 4."""
    found = Campaign.objects.filter(name__in=[f"Campaign {n}" for n in names])
    page = first_page(found, 1)
    with django_assert_num_queries(2):
        assert counted(found, page, order=ORDER, among=Campaign.objects.all()) == count


def test_upwards_as_well():
    up = Order(("name", "id"), descending=False)
    found = Campaign.objects.filter(name__in=["Campaign 0", "Campaign 5", "Campaign 6"])
    page = page_of(found, up, cursor="", size=1)
    assert counted(found, page, order=up, among=Campaign.objects.all()) == Count(2, exact=False)


def test_of_a_short_list_all_are_counted():
    Campaign.objects.filter(name__gte="Campaign 5").delete()
    found = Campaign.objects.filter(name__gte="Campaign 2")
    page = first_page(found, 1)
    assert counted(found, page, order=ORDER, among=Campaign.objects.all()) == Count(3, exact=True)


def test_on_a_later_page_the_number_stays():
    found = Campaign.objects.filter(name__gte="Campaign 7")
    later = page_of(found, ORDER, cursor=first_page(found, 2).after, size=2)
    assert counted(found, later, order=ORDER, among=Campaign.objects.all()) == Count(3, exact=False)
