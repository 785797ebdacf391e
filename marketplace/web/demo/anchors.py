"""Sixty anchors with files, channels, rates and portraits, and two agencies."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import product
from pathlib import Path

from creators.services.channels import add_channel, verify_channel
from creators.services.profiles import save_agency_profile, save_anchor_file
from creators.services.sections import save_portrait, save_rates, save_week
from marketplace.accounts.models import User
from marketplace.accounts.regions import Region
from marketplace.core.actor import Actor
from marketplace.media.flows.upload import upload_party_picture
from marketplace.media.pictures import check_picture
from marketplace.web.demo.chance import number, pick, some
from marketplace.web.demo.content import ABROAD, BIOS, FAMILY, GIVEN
from marketplace.web.demo.files import show_work
from marketplace.web.demo.people import Owner, owner, represent, verified

FACES = sorted((Path(__file__).parent / "faces").glob("*.webp"))
COUNT = 60
PLATFORMS = ("douyin", "kuaishou", "xiaohongshu", "bilibili", "taobao", "weixin")
CATEGORIES = tuple(BIOS)


@dataclass(frozen=True)
class Anchor:
    owner: Owner
    categories: tuple[str, ...]
    platforms: tuple[str, ...]


def names() -> Iterator[str]:
    chinese = [family + given for given, family in product(GIVEN, FAMILY)]
    yield from ABROAD
    yield from some(chinese, COUNT - len(ABROAD), "names")


def load_anchor(place: int, name: str, staff: Actor) -> Anchor:
    """One anchor, verified, with everything that a merchant would like to know."""
    email = f"anchor{place:02}@anchors.example"
    abroad = name in ABROAD
    categories = tuple(some(CATEGORIES, 1 + number(3, "categories", place), "category", place))
    platforms = tuple(some(PLATFORMS, 1 + number(2, "channels", place), "platform", place))
    if abroad:
        platforms = ("tiktok", "youtube", "instagram")[: 1 + place % 3]
    if there := known(email):
        return Anchor(there, categories, platforms)
    person = owner(email, name, "anchor", name, language="en" if abroad else "zh-hans")
    actor = person.actor
    save_anchor_file(
        actor=actor,
        complete=True,
        categories=list(categories),
        languages=["eng"] if abroad else ["cmn"],
        region=pick(("europe", "north-america", "east-asia"), place) if abroad else pick(REGIONS, "region", place),
        bio=BIOS[categories[0]],
    )
    for platform in platforms:
        followers = 3_000 + number(60, place, platform) ** 2 * 130 + number(997, place)
        channel = add_channel(
            actor=actor, platform=platform, handle=f"{email.split('@')[0]}.{platform}", followers=followers
        )
        if number(3, "verified", place, platform):
            verify_channel(actor=staff, public_id=channel.public_id)
    price = 100_000 * (15 + number(90, "price", place))
    save_rates(
        actor=actor,
        rates=[
            {"form": "live_segment", "minutes": 30, "price_minor": price // 10, "currency": "CNY"},
            {"form": "video", "minutes": 3, "price_minor": price // 12, "currency": "CNY"},
        ],
    )
    save_week(actor=actor, free=[f"evening:{day}" for day in some((1, 2, 3, 4, 5, 6, 7), 3, "week", place)])
    save_portrait(actor=actor, shares=portrait(place, categories))
    face = FACES[place % len(FACES)]
    picture = check_picture(face.read_bytes(), filename=face.name, content_type="image/webp")
    upload_party_picture(actor=actor, file=picture)
    show_work(actor, place, categories, abroad=abroad)
    verified(person, "anchor", staff, birth_on=date(1994, 5, 1))
    return Anchor(person, categories, platforms)


REGIONS = tuple(value for value in Region.values if value.startswith("CN-"))


def portrait(place: int, categories: tuple[str, ...]) -> dict[str, dict[str, int]]:
    """Declared shares in whole percent; what is left over is left unsaid."""
    women = 30 + number(55, "women", place)
    first, second = 22 + number(20, "age", place), 18 + number(14, "age2", place)
    here, there = some(REGIONS, 2, "fans", place)
    return {
        "gender": {"women": women, "men": 98 - women, "other": 2},
        "age": {"18_24": 14, "25_30": first, "31_40": second, "41_50": 8},
        "region": {here: 24 + number(16, "here", place), there: 12},
        "interest": {category: 40 // (turn + 1) for turn, category in enumerate(categories)},
        "hour": {"20": 34, "22": 22, "12": 12},
    }


def load_agencies(anchors: list[Anchor]) -> list[Owner]:
    """Two more beside North Quay; each represents a handful."""
    agencies = []
    rows = (
        (
            "hu@southpier.example",
            "胡汀",
            "南汀文化 South Pier",
            "CN-GD",
            "美食与家居主播的经纪与内容制作，合同与结算全部公开。",
        ),
        (
            "rui@lightship.example",
            "芮航",
            "灯船传媒 Lightship",
            "CN-ZJ",
            "We look after twelve anchors in sport and travel, and nobody works without a signed contract.",
        ),
    )
    for turn, (email, name, party, region, about) in enumerate(rows):
        if known(email):
            continue
        agency = owner(email, name, "agency", party)
        save_agency_profile(
            actor=agency.actor, complete=True, categories=["food", "home"], region=region, site="", about=about
        )
        for anchor in anchors[8 + turn * 6 : 14 + turn * 6]:
            represent(agency, anchor.owner)
        agencies.append(agency)
    return agencies


def known(email: str) -> Owner | None:
    user = User.objects.filter(email=email).first()
    membership = user.memberships.select_related("party").first() if user else None
    return Owner(user, membership.party) if membership else None
