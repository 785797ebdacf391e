"""Anchors: party, card, file, one to three channels, one to three rates. Most are small, a few are very large."""

from collections.abc import Iterator

from creators.bands import bands_of
from creators.models import AnchorFile, Channel, Rate
from marketplace.accounts.models import Party, PartyCard
from marketplace.web.bench.choices import CATEGORIES, CURRENCIES, FORMS, PLATFORMS, REGIONS
from marketplace.web.bench.copying import Row
from marketplace.web.bench.dice import Dice, public_id
from marketplace.web.bench.size import Size
from marketplace.web.bench.words import (
    CHINESE,
    COMMON_CHINESE,
    COMMON_ENGLISH,
    ENGLISH,
    PLACES_CHINESE,
    PLACES_ENGLISH,
    mark_of,
)

SURNAMES = "林江周秦夏陈李王张刘杨黄赵吴徐孙胡朱高何郭马罗梁宋郑谢韩唐冯"
GIVEN = "舟野一安未梅岚川雨晴若曦明远清和子墨思齐云帆知夏沐阳"
LANGUAGES = (*(["cmn"],) * 6, ["cmn", "yue"], ["cmn", "eng"], ["eng"], ["eng", "spa"], ["jpn"], ["tha", "eng"])
MOST = 3  # channels, and rates


class Anchor:
    """All that the tables say of one anchor."""

    def __init__(self, number: int, of: int) -> None:
        dice = Dice("anchor", number)
        self.number = number
        self.name = dice.pick(SURNAMES) + dice.pick(GIVEN) + dice.pick(GIVEN)
        self.categories = dice.some(CATEGORIES, 3)
        self.languages = dice.pick(LANGUAGES)
        self.region = dice.pick(REGIONS)
        self.bio = _bio(dice, self.categories[0]) + mark_of(number, of)
        self.channels = [self._channel(dice, platform) for platform in dice.some(PLATFORMS, MOST)]
        self.rates = [(form, dice.pick(CURRENCIES), 100_00 * (1 + dice.below(400))) for form in dice.some(FORMS, MOST)]
        self.followers = max(channel["followers"] for channel in self.channels)
        self.prices = {form: {currency: price} for form, currency, price in self.rates}
        self.text = "\n".join([self.name, self.bio, *(channel["handle"] for channel in self.channels)])

    def _channel(self, dice: Dice, platform: str) -> dict[str, object]:
        proof = "verified" if dice.below(3) == 0 else "declared"
        followers = (100 + dice.below(900)) * 4 ** dice.below(5 + 2 * (dice.below(20) == 0))
        return {"platform": platform, "handle": f"mo{self.number}", "followers": followers, "proof": proof}


def _bio(dice: Dice, category: str) -> str:
    if dice.below(2):
        return f"每周{dice.pick(COMMON_CHINESE)}，讲{dice.pick(CHINESE[category])}，也讲{dice.pick(PLACES_CHINESE)}。"
    common, thing, place = dice.pick(COMMON_ENGLISH), dice.pick(ENGLISH[category]), dice.pick(PLACES_ENGLISH).title()
    return f"A {common} every week about {thing}, from {place}."


def parties(size: Size) -> Iterator[Row]:
    for number in range(1, size.anchors + 1):
        party = size.party_of_anchor(number)
        known = {"id": party, "public_id": public_id("pty", party)}
        yield known | {"kind": "anchor", "name": Anchor(number, size.anchors).name, "state": "active"}


def cards(size: Size) -> Iterator[Row]:
    for number in range(1, size.anchors + 1):
        anchor = Anchor(number, size.anchors)
        yield {
            "party_id": size.party_of_anchor(number),
            "kind": "anchor",
            "name": anchor.name,
            "about": anchor.text,
            "url_name": "anchor",
            "facts": {
                "categories": anchor.categories,
                "region": anchor.region,
                "languages": anchor.languages,
                "channels": anchor.channels,
                "works": [],
            },
            "listed_at": size.at(number, size.anchors),
            "updated_at": size.at(number, size.anchors),
        }


def files(size: Size) -> Iterator[Row]:
    for number in range(1, size.anchors + 1):
        anchor = Anchor(number, size.anchors)
        yield {
            "id": number,
            "party_id": size.party_of_anchor(number),
            "categories": anchor.categories,
            "languages": anchor.languages,
            "region": anchor.region,
            "bio": anchor.bio,
            "platforms": sorted(channel["platform"] for channel in anchor.channels),
            "verified": sorted(channel["platform"] for channel in anchor.channels if channel["proof"] == "verified"),
            "followers": anchor.followers,
            "prices": anchor.prices,
            "bands": bands_of(anchor.followers, anchor.prices),
            "search_text": anchor.text,
            "listed_at": size.at(number, size.anchors),
        }


def channels(size: Size) -> Iterator[Row]:
    for number in range(1, size.anchors + 1):
        for place, channel in enumerate(Anchor(number, size.anchors).channels):
            verified = channel["proof"] == "verified"
            given = MOST * number + place
            yield {
                "id": given,
                "public_id": public_id("chn", given),
                "file_id": number,
                "platform": channel["platform"],
                "handle": channel["handle"],
                "followers": channel["followers"],
                "state": channel["proof"],
                "verified_at": size.at(number, size.anchors) if verified else None,
                "verified_by_id": size.staff_id if verified else None,
            }


def rates(size: Size) -> Iterator[Row]:
    for number in range(1, size.anchors + 1):
        for place, (form, currency, price) in enumerate(Anchor(number, size.anchors).rates):
            known = {"id": MOST * number + place, "file_id": number}
            yield known | {"form": form, "currency": currency, "price_minor": price, "is_from": True}


TABLES = ((Party, parties), (PartyCard, cards), (AnchorFile, files), (Channel, channels), (Rate, rates))
