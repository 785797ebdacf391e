"""V tasks of every kind, nine of ten open; none is funded, for there is no money here."""

from collections.abc import Iterator
from datetime import timedelta

from marketplace.campaigns.models import VTask
from marketplace.web.bench.choices import CATEGORIES, CURRENCIES, FORMS, PLATFORMS, PRICE_MODELS, REGIONS
from marketplace.web.bench.copying import Row
from marketplace.web.bench.dice import Dice, public_id
from marketplace.web.bench.merchants import name_of
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

STATES = ("open",) * 18 + ("closed", "paused")
MODES = ("open_call",) * 7 + ("assigned", "assigned", "open_submission")
WITHOUT_FEE = {"cps", "barter"}
WITH_COMMISSION = {"cps", "fee_cps"}
LANGUAGES = ([], [], [], ["cmn"], ["cmn"], ["eng"], ["cmn", "eng"])


def tasks(size: Size) -> Iterator[Row]:
    for number in range(1, size.tasks + 1):
        yield task(size, number)


def task(size: Size, number: int) -> Row:
    dice = Dice("task", number)
    party = 1 + dice.below(size.merchants)
    category, form = dice.pick(CATEGORIES), dice.pick(FORMS)
    state, opened = dice.pick(STATES), size.at(number, size.tasks)
    apply_by = size.today + timedelta(days=1 + dice.below(60))
    publish_from = apply_by + timedelta(days=7 + dice.below(14))
    publish_until = publish_from + timedelta(days=7 + dice.below(30))
    return {
        "id": number,
        "public_id": public_id("vtk", number),
        "party_id": party,
        "merchant_name": name_of(party),
        **_words(dice, category, mark_of(number, size.tasks)),
        "form": form,
        "mode": dice.pick(MODES),
        "category": category,
        "platforms": dice.some(PLATFORMS, 3),
        "apply_by": apply_by,
        "publish_from": publish_from,
        "publish_until": publish_until,
        "seats": 1 + dice.below(8),
        **_price(dice),
        "min_followers": 1000 * dice.below(50),
        "regions": dice.some(REGIONS, 3) if dice.below(4) == 0 else [],
        "languages": dice.pick(LANGUAGES),
        "same_category": dice.below(3) == 0,
        "verified_channel": dice.below(5) == 0,
        "deliverables": [
            {"kind": form, "title": form, "due_on": publish_until.isoformat(), "share_bp": 10_000},
        ],
        "state": state,
        "created_by_id": party,
        "created_at": opened,
        "updated_at": opened,
        "submitted_at": opened,
        "opened_at": opened,
        "closed_at": opened + timedelta(days=1) if state == "closed" else None,
    }


def _words(dice: Dice, category: str, mark: str) -> Row:
    if dice.below(2):
        common, place = dice.pick(COMMON_CHINESE), dice.pick(PLACES_CHINESE)
        thing, other = dice.pick(CHINESE[category]), dice.pick(CHINESE[category])
        return {
            "title": f"{place}{thing}{common}",
            "goal": f"让更多人知道{place}的{thing}，{dice.pick(COMMON_CHINESE)}当天有人下单，也有人提问。",
            "selling_points": f"{thing}产自{place}，{other}同一批次，三天内发货，七天无理由退。",
            "audience": f"喜欢{thing}的人，二十五到四十岁{mark}",
            "governing_language": "zh-hans",
        }
    common, place = dice.pick(COMMON_ENGLISH), dice.pick(PLACES_ENGLISH).title()
    thing, other = dice.pick(ENGLISH[category]), dice.pick(ENGLISH[category])
    return {
        "title": f"{place} {thing}: a {common}",
        "goal": f"More people should know the {thing} of {place}; a {dice.pick(COMMON_ENGLISH)} that ends in orders.",
        "selling_points": f"The {thing} is made in {place}, in one batch with the {other}. Sent within three days.",
        "audience": f"People who like {thing}, 25 to 40{mark}",
        "governing_language": "en",
    }


def _price(dice: Dice) -> Row:
    model = dice.pick(PRICE_MODELS)
    fee = 0 if model in WITHOUT_FEE else 100_00 * (3 + dice.below(200))
    most = fee * 2 if model == "quote_range" else fee
    return {
        "price_model": model,
        "currency": dice.pick(CURRENCIES),
        "fee_minor": fee,
        "fee_max_minor": most,
        "cps_bp": 100 * (5 + dice.below(25)) if model in WITH_COMMISSION else 0,
        "gift": "one of each" if model == "barter" else "",
    }


TABLES = ((VTask, tasks),)
