"""What is looked for: each call is made ready for one turn in one market, and then timed."""

from collections.abc import Callable

from django.http import QueryDict

from creators.models import AnchorFile
from creators.selectors.directory import AnchorQuery, for_cards
from marketplace.campaigns.models import VTask
from marketplace.campaigns.selectors.hall import HallQuery
from marketplace.campaigns.selectors.hall import for_cards as hall_cards
from marketplace.http import keyset
from marketplace.web.bench.choices import CATEGORIES, FORMS, PLATFORMS, REGIONS
from marketplace.web.bench.dice import Dice
from marketplace.web.bench.words import (
    COMMON_CHINESE,
    COMMON_ENGLISH,
    ENGLISH,
    MARKS_CHINESE,
    MARKS_ENGLISH,
    PLACES_CHINESE,
    PLACES_ENGLISH,
)

PAGE = 24
PRODUCTS = [word for words in ENGLISH.values() for word in words]
Call = Callable[[str, int, int], Callable[[], object]]  # alias, rows there, turn → what is timed
Address = Callable[[Dice], str]


def hall(address: Address, *, deep: bool = False) -> Call:
    """What the view asks for: a page, and how many there are."""

    def ready(alias: str, rows: int, turn: int) -> Callable[[], object]:
        dice = Dice("hall", turn)
        query, cursor = HallQuery.parse(address(dice)), ""
        if deep:
            seen = VTask.objects.using(alias).public().filter(pk__gte=1 + dice.below(rows * 9 // 10)).order_by("pk")[0]
            cursor = keyset.write(seen, query.order)

        def look() -> None:
            tasks = query.tasks().using(alias)
            page = keyset.page_of(tasks, query.order, cursor=cursor, size=PAGE, whole=hall_cards)
            query.count(tasks, page)

        return look

    return ready


def directory(address: Address, *, deep: bool = False) -> Call:
    """What the view asks for: a page of cards, and of a narrowed list, first, how many there are."""

    def ready(alias: str, rows: int, turn: int) -> Callable[[], object]:
        dice = Dice("directory", turn)
        query, cursor = AnchorQuery.parse(QueryDict(address(dice))), ""
        if deep:
            cursor = keyset.write(AnchorFile.objects.using(alias).get(pk=1 + dice.below(rows * 9 // 10)), query.order)

        def look() -> None:
            files = query.files().using(alias)
            page = keyset.page_of(files, query.order, cursor=cursor, size=PAGE, whole=for_cards)
            if query.narrows and page.is_first:
                query.count(files, page)

        return look

    return ready


def everything(dice: Dice) -> str:
    return ""


def sorted_by(sort: str) -> Address:
    return lambda dice: f"sort={sort}"


def narrow(dice: Dice) -> str:
    return f"category={dice.pick(CATEGORIES)}&form={dice.pick(FORMS)}&platform={dice.pick(PLATFORMS)}"


def priced(dice: Dice) -> str:
    return f"currency=USD&fee_from={1000 + 100 * dice.below(100)}&region={dice.pick(REGIONS)}&language=eng"


def narrow_anchor(dice: Dice) -> str:
    return f"category={dice.pick(CATEGORIES)}&platform={dice.pick(PLATFORMS)}&region={dice.pick(REGIONS)}"


def affordable(dice: Dice) -> str:
    return f"form={dice.pick(FORMS)}&at_most={200 + 100 * dice.below(20)}&currency=CNY&category={dice.pick(CATEGORIES)}"


def large_and_proved(dice: Dice) -> str:
    return f"followers={10_000 * 10 ** dice.below(3)}&verified=1&platform={dice.pick(PLATFORMS)}"


def word_of(words: list[str] | tuple[str, ...]) -> Address:
    return lambda dice: f"q={dice.pick(words)}"


def word_in_category(words: tuple[str, ...]) -> Address:
    return lambda dice: f"q={dice.pick(words)}&category={dice.pick(CATEGORIES)}"


SEARCHES = {
    "common English word": word_of(COMMON_ENGLISH),
    "English word of one in 150": word_of(PRODUCTS),
    "rare English word": word_of(PLACES_ENGLISH),
    "common Chinese word": word_of(COMMON_CHINESE),
    "rare Chinese word": word_of(PLACES_CHINESE),
    "English word of forty rows": word_of(MARKS_ENGLISH),
    "Chinese word of forty rows": word_of(MARKS_CHINESE),
    "common word in a category": word_in_category(COMMON_ENGLISH),
}
CALLS: dict[str, Call] = {
    "hall, first page": hall(everything),
    "hall, at any depth": hall(everything, deep=True),
    "hall, closing soon, at any depth": hall(sorted_by("closing"), deep=True),
    "hall, highest fee, at any depth": hall(sorted_by("fee"), deep=True),
    "hall, category, form, platform": hall(narrow),
    "hall, category, form, platform, at any depth": hall(narrow, deep=True),
    "hall, currency, fee, region, language": hall(priced),
    **{f"hall, {name}": hall(address) for name, address in SEARCHES.items()},
    "directory, first page": directory(everything),
    "directory, at any depth": directory(everything, deep=True),
    "directory, followers, at any depth": directory(sorted_by("followers"), deep=True),
    "directory, category, platform, region": directory(narrow_anchor),
    "directory, price of a form": directory(affordable),
    "directory, many followers, proved": directory(large_and_proved),
    **{f"directory, {name}": directory(address) for name, address in SEARCHES.items()},
}
