"""The bands of the directory leave nobody out and let nobody in: as many as the plain conditions find."""

from itertools import product

import pytest
from django.db.models import Exists, OuterRef, QuerySet

from creators.models import AnchorFile, Channel, Rate
from creators.selectors.directory import AnchorQuery
from creators.services.channels import add_channel, change_channel, remove_channel
from creators.services.profiles import save_anchor_file
from creators.services.sections import save_rates
from marketplace.core.money import Money
from tests.factories.people import make_owner

pytestmark = pytest.mark.django_db

FOLLOWERS = (0, 999, 1_000, 1_001, 1_999, 2_000, 2_001, 99_999, 100_000, 999_999_999, 1_000_000_000, 2_000_000_000)
# In minor units: below, at and above the lowest step, one in the middle, and the highest.
PRICES = {
    "CNY": (1, 9_99, 10_00, 10_01, 999_99, 1_000_00, 1_000_01, 99_999_999_99, 100_000_000_00, 100_000_000_01),
    "JPY": (1, 9, 10, 11, 999, 1_000, 1_001, 99_999_999, 100_000_000, 100_000_001),
    "KWD": (1, 9_999, 10_000, 10_001, 999_999, 1_000_000, 1_000_001, 99_999_999_999, 100_000_000_000, 100_000_000_001),
}
WHOLE = (1, 9, 10, 11, 700, 999, 1_000, 1_001, 2_000, 99_999_999, 100_000_000, 100_000_001, 999_999_999_999)


@pytest.fixture
def market() -> None:
    """A file for each number of followers, and one for each price."""
    for number in FOLLOWERS:
        listed("Fans", followers=number)
    for currency, prices in PRICES.items():
        for place, price in enumerate(prices):
            anchor = listed("Price", followers=1_500)
            form = "video" if place % 3 else "image_text"
            other = {"form": "whole_live", "minutes": None, "price_minor": 5_00, "currency": "CNY", "is_from": True}
            save_rates(
                actor=anchor.actor, rates=[other | {"form": form, "currency": currency, "price_minor": price}, other]
            )


def listed(name: str, followers: int):
    person = make_owner("anchor", name)
    plain = {"categories": ["food"], "region": "CN-ZJ", "languages": ["cmn"], "bio": "Live."}
    channel = {"platform": "douyin", "handle": f"of{person.party.pk}", "followers": followers}
    save_anchor_file(actor=person.actor, complete=True, **plain, **channel)
    return person


def plainly(query: AnchorQuery) -> QuerySet[AnchorFile]:
    """The same search in the tables that people write."""
    found = AnchorFile.objects.all()
    if query.followers:
        found = found.filter(Exists(Channel.objects.filter(file=OuterRef("pk"), followers__gte=query.followers)))
    if query.form:
        rates = Rate.objects.filter(file=OuterRef("pk"), form=query.form)
        if query.at_most:
            most = Money.parse(str(query.at_most), query.currency).amount_minor
            rates = rates.filter(currency=query.currency, price_minor__lte=most)
        found = found.filter(Exists(rates))
    return found


def keys(found: QuerySet[AnchorFile]) -> list[int]:
    return sorted(found.values_list("pk", flat=True))


def test_the_directory_finds_whom_the_plain_conditions_find(market):
    queries = [AnchorQuery(followers=number + by) for number in FOLLOWERS for by in (-1, 0, 1) if number]
    queries += [AnchorQuery(form=form) for form in ("video", "image_text", "whole_live", "live_segment")]
    queries += [
        AnchorQuery(form=form, currency=currency, at_most=most, followers=followers)
        for form, currency, most, followers in product(("video", "image_text"), (*PRICES, "EUR"), WHOLE, (0, 1_500))
    ]
    sizes = set()
    for query in queries:
        assert keys(query.files()) == keys(plainly(query)), query
        sizes.add(query.files().count())
    assert len(sizes) > 10  # some find nobody, some many


def test_bands_follow_every_change():
    anchor = listed("Lin Zhou", followers=5_000)
    file = AnchorFile.objects.get(party=anchor.party)
    assert (file.bands, file.prices) == (["followers:5000"], {})
    rate = {"form": "video", "minutes": 1, "price_minor": 650_000, "currency": "CNY", "is_from": True}
    save_rates(actor=anchor.actor, rates=[rate])
    channel = add_channel(actor=anchor.actor, platform="tiktok", handle="lin", followers=40_000)
    file.refresh_from_db()
    assert file.bands == ["followers:20000", "video", "video:CNY:10000"]
    assert file.prices == {"video": {"CNY": 650_000}}
    known = {"platform": "tiktok", "handle": "lin", "followers": 50_000}
    change_channel(actor=anchor.actor, public_id=channel.public_id, **known)
    save_rates(actor=anchor.actor, rates=[])
    file.refresh_from_db()
    assert (file.bands, file.prices) == (["followers:50000"], {})
    remove_channel(actor=anchor.actor, public_id=channel.public_id)
    file.refresh_from_db()
    assert file.bands == ["followers:5000"]
