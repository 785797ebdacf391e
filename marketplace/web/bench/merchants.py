"""Brands and suppliers, each with its owner, who wrote its V tasks; and the one of staff who opened channels."""

from collections.abc import Iterator
from functools import cache

from brands.models import BrandProfile
from marketplace.accounts.models import Membership, Party, PartyCard, User
from marketplace.web.bench.choices import CATEGORIES
from marketplace.web.bench.copying import Row
from marketplace.web.bench.dice import Dice, public_id
from marketplace.web.bench.size import Size
from marketplace.web.bench.words import COMMON_ENGLISH, PLACES_CHINESE, PLACES_ENGLISH
from supply.models import SupplierProfile

NO_PASSWORD = "!"  # noqa: S105  nobody signs in with it


@cache
def name_of(number: int) -> str:
    dice = Dice("merchant-name", number)
    chinese, english = dice.pick(PLACES_CHINESE), dice.pick(PLACES_ENGLISH)
    return f"{chinese}商行" if dice.below(2) else f"{english.title()} Trading"


def kind_of(number: int) -> str:
    return "supplier" if number % 4 == 0 else "brand"


def categories_of(number: int) -> list[str]:
    return Dice("merchant", number).some(CATEGORIES, 2)


def story_of(number: int) -> str:
    dice = Dice("merchant-story", number)
    english, common = dice.pick(PLACES_ENGLISH).title(), dice.pick(COMMON_ENGLISH)
    return f"From {english}: every {common}. 产自{dice.pick(PLACES_CHINESE)}。"


def users(size: Size) -> Iterator[Row]:
    for number in range(1, size.staff_id + 1):
        yield {
            "id": number,
            "public_id": public_id("usr", number),
            "email": f"bench-{number}@mooring.example",
            "password": NO_PASSWORD,
            "is_staff": number == size.staff_id,
        }


def parties(size: Size) -> Iterator[Row]:
    for number in range(1, size.merchants + 1):
        yield {
            "id": number,
            "public_id": public_id("pty", number),
            "kind": kind_of(number),
            "name": name_of(number),
            "state": "active",
        }


def memberships(size: Size) -> Iterator[Row]:
    for number in range(1, size.merchants + 1):
        yield {"id": number, "user_id": number, "party_id": number, "role": "owner", "can_sign": True}


def cards(size: Size) -> Iterator[Row]:
    for number in range(1, size.merchants + 1):
        kind = kind_of(number)
        yield {
            "party_id": number,
            "kind": kind,
            "name": name_of(number),
            "about": story_of(number),
            "url_name": kind,  # each side's page is called after it
            "facts": {"categories": categories_of(number)},
            "listed_at": size.at(number, size.merchants),
            "updated_at": size.at(number, size.merchants),
        }


def brand_profiles(size: Size) -> Iterator[Row]:
    for number in range(1, size.merchants + 1):
        if kind_of(number) == "brand":
            facts = {"categories": categories_of(number), "story": story_of(number)}
            yield {"id": number, "party_id": number} | facts


def supplier_profiles(size: Size) -> Iterator[Row]:
    for number in range(1, size.merchants + 1):
        if kind_of(number) == "supplier":
            facts = {"categories": categories_of(number), "about": story_of(number), "ships_from": "杭州"}
            yield {"id": number, "party_id": number} | facts


TABLES = (
    (User, users),
    (Party, parties),
    (Membership, memberships),
    (PartyCard, cards),
    (BrandProfile, brand_profiles),
    (SupplierProfile, supplier_profiles),
)
