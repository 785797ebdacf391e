"""A further round of changes, bought in a browser at the bank's own page and seen by the anchor on a Chinese phone."""

import re

import pytest

from tests.e2e.conftest import DESK, PHONE
from tests.e2e.test_deal import confirm, hand_in, no_factor_stays, wait_for
from tests.e2e.test_market import NEXT, people
from tests.e2e.test_ways_out import deals

__all__ = ["deals", "no_factor_stays", "people"]
pytestmark = pytest.mark.timeout(400)
WORDS = "Leave out the second cup."


def test_a_further_round_from_its_words_to_its_release(people, stack, deals):
    merchant, anchor = people("mei@chenyu.example", DESK), people(deals["anchor"], PHONE)
    contract = f"/contracts/{deals['no_rounds_left']}/"
    assert "CNY 1,200.00：CNY 1,020.00 归" in anchor.go(contract).inner_text("#terms")

    # Price, fee, VAT and what becomes of the money stand beside the words that should not get lost.
    work = merchant.go(contract).locator("#work article h3 a").nth(1).get_attribute("href")
    page = merchant.go(work)
    for figure in ("1,200.00", "60.00", "3.60", "1,263.60"):
        assert figure in page.inner_text("#round")
    page.fill("#round textarea", WORDS)
    merchant.press("#round button[value=ask_round]")
    confirm(merchant)
    assert WORDS in page.inner_text("main")
    assert WORDS in merchant.go(work).inner_text("#round")
    assert "1,263.60" in merchant.go(contract).inner_text("main")
    page = merchant.go(work)
    page.click("#round a[href^='/rounds/']")
    page.check("input[name=source][value=checkout]", force=True)
    merchant.press(NEXT)
    if "/pay/chk_" not in page.url:
        page.click("main a[href*='/pay/chk_']", timeout=60_000)
    page.wait_for_url(re.compile(r"/pay/chk_"))
    page.click("button[value=pay]")
    page.wait_for_url(re.compile(r"/wallet/in/"))
    wait_for(merchant, contract, "13,899.60", within="#money")

    assert WORDS in anchor.go(work).inner_text("main")
    hand_in(anchor, work, "https://share.example.com/draft-2")
    page = merchant.go(work)
    assert "5,054.40" in page.inner_text("main")  # 3,790.80 and 1,263.60
    merchant.press("main button[value=approve]")
    for visitor in (merchant, anchor):
        line = visitor.go(contract).inner_text("#money")
        for figure in ("13,899.60", "8,845.20", "254.40"):
            assert figure in line
    assert "加购修改" in anchor.go("/earnings/").inner_text("#latest")
    assert merchant.complaints == anchor.complaints == []
