"""From signatures to released money, in real browsers: a merchant at a desk in English, the anchor on a phone in
Chinese, and the owner of her agency reading along in the admin.
"""

import re
import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from tests.e2e.conftest import DESK, PHONE, Visitor
from tests.e2e.test_market import DEMO, NEXT, address, day, offer, people, post_a_task, sign

__all__ = ["people"]
pytestmark = [pytest.mark.timeout(500), pytest.mark.xdist_group("browser")]


def test_a_deal_from_signatures_to_its_end(people):
    merchant, anchor = people("mei@chenyu.example", DESK), people("xiawei@xiawei.example", PHONE)
    agency = people("lan@northquay.example", DESK)
    title = f"白茶开播 {time.time_ns() % 100_000}"
    contract = agreed(merchant, anchor, agency, title)

    # The merchant protects the money at the bank.
    page = merchant.go(contract)
    assert "Protect the money, then work begins" in page.inner_text("main")
    page.click("main a[href$='/pay/']")
    confirm(merchant)
    page.check("input[name=source][value=checkout]", force=True)
    merchant.press(NEXT)
    if "/pay/chk_" not in page.url:
        page.click("main a[href*='/pay/chk_']", timeout=60_000)
    page.wait_for_url(re.compile(r"/pay/chk_"))
    page.click("button[value=pay]")
    page.wait_for_url(re.compile(r"/wallet/in/"))
    wait_for(merchant, contract, "Every cent is accounted for")
    for visitor in (merchant, anchor, agency):
        assert "12,636.00" in visitor.go(contract).inner_text("#money")

    # The script: handed in on a phone, changed once, approved.
    script = work_of(anchor, contract, 0)
    hand_in(anchor, script, "https://share.example.com/script")
    page = merchant.go(script)
    page.fill("#changes textarea", "Say the price in the first minute.")
    merchant.press("#changes button[value=request_changes]")
    assert "Say the price in the first minute." in anchor.go(script).inner_text("main")
    hand_in(anchor, script, "https://share.example.com/script-2")
    merchant.go(script)
    merchant.press("main button[value=approve]")
    said = anchor.go(contract).inner_text("#money")
    assert "3,600.00" in said  # 30 % of the fee, agency's share included
    assert "8,845.20" in said

    # The live: shown, checked, and everything is released.
    live = work_of(anchor, contract, 1)
    page = anchor.go(live)
    page.fill("#publish input[name=link]", "https://www.douyin.com/video/7300000001")
    page.fill("#publish input[name=live_from]", f"{day(-1)}T10:00")
    page.fill("#publish input[name=live_until]", f"{day(-1)}T11:30")
    anchor.press("#publish button[value=publish]")
    merchant.go(live)
    merchant.press("main button[value=verify]")
    assert "Complete" in merchant.go(contract).inner_text("main")
    lines = [visitor.go(contract).inner_text("#money") for visitor in (merchant, anchor, agency)]
    for line in lines:
        for figure in ("12,636.00", "636.00", "12,000.00"):
            assert figure in line

    # Her agency reads it in the admin, and only reads.
    second_factor(agency)
    page = agency.go("/admin/contracts/contract/")
    page.click(f"#content a:has-text('{title}')")
    page.wait_for_load_state()
    assert page.locator("input[name=_save]").count() == 0
    for visitor in (merchant, anchor):
        assert visitor.complaints == []


def agreed(merchant: Visitor, anchor: Visitor, agency: Visitor, title: str) -> str:
    task = post_a_task(merchant, title)
    page = anchor.go(task)
    page.click("main a[href$='/apply/']")
    page.fill("textarea[name=message]", "每晚八点开播。")
    anchor.press(NEXT)
    candidacy = address(page)
    offer(merchant, candidacy, "12,000.00")
    anchor.go(candidacy)
    anchor.press("main button[value=accept]")
    contract = address(page)
    for visitor in (anchor, merchant, agency):
        sign(visitor, contract)
    return contract


def work_of(visitor: Visitor, contract: str, place: int) -> str:
    page = visitor.go(contract)
    return page.locator("#work article h3 a").nth(place).get_attribute("href")


def hand_in(anchor: Visitor, work: str, link: str) -> None:
    page = anchor.go(work)
    page.fill("#hand-in input[name=link]", link)
    anchor.press("#hand-in button[value=submit]")
    assert link in page.inner_text("main")


def confirm(visitor: Visitor) -> None:
    """Give the password again, when it was not given a moment ago."""
    if "reauthenticate" in visitor.page.url:
        visitor.page.fill("main input[type=password]", DEMO)
        visitor.press("main form button[type=submit] >> nth=0")


def wait_for(visitor: Visitor, path: str, words: str) -> None:
    for _ in range(60):
        if words in visitor.go(path).inner_text("main"):
            return
        time.sleep(0.5)
    raise AssertionError(f"{words!r} never stood on {path}")


def second_factor(visitor: Visitor) -> None:
    """As somebody with an authenticator app would."""
    page = visitor.go("/accounts/2fa/totp/activate/")
    confirm(visitor)
    secret = page.locator("#authenticator_secret, input[readonly]").first.input_value()
    page.fill("input[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    visitor.press("main form button[type=submit] >> nth=0")
