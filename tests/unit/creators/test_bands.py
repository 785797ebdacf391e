"""Bands hold every match of a search, and little more."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from creators.bands import FOLLOWERS, PRICES, bands_from_followers, bands_of, bands_to_price
from creators.limits import MOST_FOLLOWERS
from marketplace.core.money import Money

CURRENCIES = ("CNY", "JPY", "KWD")


def around(edges: list[int]) -> st.SearchStrategy[int]:
    """At an edge, one below and one above it, and anywhere."""
    beside = st.builds(lambda edge, by: edge + by, st.sampled_from(edges), st.sampled_from([-1, 0, 1]))
    return beside | st.integers(1, max(edges) * 3)


PRICE = {code: around([Money.parse(str(step), code).amount_minor for step in PRICES]) for code in CURRENCIES}
FANS = around([0, *FOLLOWERS, MOST_FOLLOWERS]).filter(lambda number: number >= 0)


def followed(band: str) -> int:
    return int(band.removeprefix("followers:"))


def test_the_words_of_a_file():
    assert bands_of(250_000, {"video": {"CNY": 6_500_00}, "whole_live": {"JPY": 6_500}}) == [
        "followers:200000",
        "video",
        "video:CNY:10000",
        "whole_live",
        "whole_live:JPY:10000",
    ]
    assert bands_of(999, {}) == []


@pytest.mark.parametrize(
    ("currency", "minor", "step"),
    [
        ("CNY", 1, "10"),
        ("CNY", 10_00, "10"),
        ("CNY", 10_01, "20"),
        ("CNY", 100_000_000_00, "100000000"),
        ("CNY", 100_000_000_01, "more"),
        ("JPY", 10, "10"),
        ("JPY", 11, "20"),
        ("KWD", 10_000, "10"),
        ("KWD", 10_001, "20"),
    ],
)
def test_a_price_at_a_step_belongs_to_it(currency, minor, step):
    assert bands_of(0, {"video": {currency: minor}}) == ["video", f"video:{currency}:{step}"]


@pytest.mark.parametrize(
    ("followers", "bands"),
    [
        (999, []),
        (1_000, ["followers:1000"]),
        (1_999, ["followers:1000"]),
        (2_000, ["followers:2000"]),
        (MOST_FOLLOWERS, ["followers:1000000000"]),
    ],
)
def test_followers_at_a_step_have_reached_it(followers, bands):
    assert bands_of(followers, {}) == bands


def test_below_the_lowest_step_no_band_implies_anything():
    assert bands_from_followers(999) == []
    assert len(bands_from_followers(1_000)) == len(FOLLOWERS)
    assert bands_to_price("video", "CNY", 1) == ["video:CNY:10"]
    assert len(bands_to_price("video", "CNY", 10**12)) == len(PRICES) + 1


@given(FANS, FANS)
def test_who_has_so_many_is_in_the_bands_that_are_read(followers, least):
    bands = bands_from_followers(least)
    if followers >= least and bands:
        assert set(bands_of(followers, {})) <= set(bands)
        assert len(bands_of(followers, {})) == 1
    if least <= MOST_FOLLOWERS:
        assert all(followed(band) * 5 > least * 2 for band in bands)


@given(st.data(), st.sampled_from(CURRENCIES))
def test_who_asks_no_more_is_in_the_bands_that_are_read(data, currency):
    price, most = data.draw(PRICE[currency]), data.draw(PRICE[currency])
    bands = set(bands_to_price("video", currency, most))
    hers = set(bands_of(0, {"video": {currency: price}})) - {"video"}
    if price <= most:
        assert hers <= bands
    if hers <= bands and max(price, most) <= Money.parse(str(PRICES[-1]), currency).amount_minor:
        assert price <= max(most * 5 // 2, Money.parse(str(PRICES[0]), currency).amount_minor)
    assert not bands & set(bands_of(0, {"image_text": {currency: price}}))
