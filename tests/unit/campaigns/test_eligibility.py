import pytest

from marketplace.campaigns.eligibility import Asked, missing, requirements
from marketplace.campaigns.wording import said_requirement

FACTS = {
    "categories": ["food", "home"],
    "region": "CN-ZJ",
    "languages": ["cmn", "eng"],
    "channels": [
        {"platform": "douyin", "followers": 120_000, "proof": "declared"},
        {"platform": "bilibili", "followers": 900, "proof": "verified"},
    ],
}


def test_nothing_asked_is_nothing_missing():
    assert requirements(Asked(), {}) == []


@pytest.mark.parametrize(
    ("asked", "met"),
    [
        (Asked(min_followers=120_000), True),
        (Asked(min_followers=120_001), False),
        (Asked(min_followers=1_000, platforms=["bilibili"]), False),
        (Asked(platforms=["bilibili", "tiktok"]), True),
        (Asked(platforms=["tiktok"]), False),
        (Asked(verified_channel=True), True),
        (Asked(verified_channel=True, platforms=["douyin"]), False),
        (Asked(categories=["home"]), True),
        (Asked(categories=["tech"]), False),
        (Asked(languages=["yue", "eng"]), True),
        (Asked(languages=["jpn"]), False),
        (Asked(regions=["CN-ZJ", "CN-SH"]), True),
        (Asked(regions=["CN-SH"]), False),
    ],
)
def test_what_is_asked_is_held_against_the_card(asked, met):
    assert (missing(asked, FACTS) == []) is met


def test_an_empty_card_misses_everything_and_every_requirement_has_its_words():
    asked = Asked(
        min_followers=1,
        categories=["home"],
        regions=["CN-ZJ"],
        languages=["cmn"],
        platforms=["douyin"],
        verified_channel=True,
    )
    lacking = missing(asked, {})
    assert [one.name for one in lacking] == [
        *("platforms", "min_followers", "verified_channel", "categories", "languages", "regions")
    ]
    assert all(all(said_requirement(one)) for one in lacking)
