"""Bands: in which step an anchor's numbers lie, as words that one index holds beside her categories and platforms.

An index of words can say who has "followers:100000" and "video:CNY:1000" and shows food, and read only those; for
numbers it would have to walk the list until a page is full. Somebody looks for any number, so the bands that can hold
a match are looked up, and the number itself is compared in the rows that are found.

Steps go 1, 2, 5, 10: the last band of a search lets through at most two and a half times what was asked for, and a
file has one word a number, not one for each step below it. Followers begin at a thousand, below which a filter leaves
out too few for an index to matter. Prices are steps of whole units from ten to a hundred million, because one list
serves yen and dinar alike; a step in which nobody is costs nothing.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping

from marketplace.core.money import exponent

Prices = Mapping[str, Mapping[str, int]]  # form → currency → minor units

FOLLOWERS = tuple(digit * 10**power for power in range(3, 10) for digit in (1, 2, 5) if digit * 10**power <= 10**9)
PRICES = tuple(digit * 10**power for power in range(1, 9) for digit in (1, 2, 5) if digit * 10**power <= 10**8)
DEARER = "more"  # than the last step


def bands_of(followers: int, prices: Prices) -> list[str]:
    """All of a file's, sorted: of her followers, of each price, and each form that has one."""
    reached = bisect_right(FOLLOWERS, followers)
    found = set(_followers(FOLLOWERS[reached - 1 : reached])) | set(prices)
    for form, of_form in prices.items():
        found |= {_priced(form, currency)[_step(currency, minor)] for currency, minor in of_form.items()}
    return sorted(found)


def bands_from_followers(least: int) -> list[str]:
    """Those of everybody who has at least so many; none if no band implies it."""
    reached = bisect_right(FOLLOWERS, least)
    return _followers(FOLLOWERS[reached - 1 :]) if reached else []


def bands_to_price(form: str, currency: str, most_minor: int) -> list[str]:
    """Those of everybody who asks at most so much for one of `form`."""
    return _priced(form, currency)[: _step(currency, most_minor) + 1]


def _followers(steps: Iterable[int]) -> list[str]:
    return [f"followers:{step}" for step in steps]


def _priced(form: str, currency: str) -> list[str]:
    return [f"{form}:{currency}:{step}" for step in (*PRICES, DEARER)]


def _step(currency: str, minor: int) -> int:
    """Place of the first step that is not below the price."""
    return bisect_left(PRICES, minor, key=lambda step: step * 10 ** exponent(currency))
