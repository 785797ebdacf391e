"""A merchant with a brief and an anchor who never met come to a contract that all sides signed, in real browsers:
she on a phone in Chinese, the merchant at a desk in English, her agency beside them.
"""

import re
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Page

from tests.e2e.conftest import DESK, PHONE, Visitor

pytestmark = pytest.mark.timeout(400)
DEMO = "mooring-demo-2026"
NEXT = "main form.form button.btn-primary"


def day(number: int) -> str:
    return (datetime.now(UTC) + timedelta(days=number)).date().isoformat()  # noqa: TID251  a browser's own clock


@pytest.fixture
def people(browser, stack) -> Iterator[Callable[..., Visitor]]:
    """Opens a browser of its own for a demo account."""
    opened = []

    def arrive(email: str, options: dict) -> Visitor:
        context = browser.new_context(**options)
        opened.append(context)
        visitor = Visitor(context, stack)
        visitor.sign_in(email, DEMO)
        return visitor

    yield arrive
    for context in opened:
        context.close()


def test_three_sides_come_to_a_signed_contract(people):
    merchant, anchor = people("mei@chenyu.example", DESK), people("xiawei@xiawei.example", PHONE)
    agency = people("lan@northquay.example", DESK)
    title = f"秋茶开播 {time.time_ns() % 100_000}"
    post_a_task(merchant, title)

    # She finds it by a word of two letters, and applies on her phone.
    page = anchor.go("/tasks/")
    page.fill("input[name=q]", "秋茶")
    page.press("input[name=q]", "Enter")
    page.click(f"main a:has-text('{title}')")
    page.click("main a[href$='/apply/']")
    page.fill("textarea[name=message]", "每晚八点开播，观众常问秋茶。")
    anchor.press(NEXT)
    candidacy = address(page)

    # Two rounds of offers; then the merchant's last word is accepted.
    offer(merchant, candidacy, "12,000.00")
    offer(anchor, candidacy, "13,500.00")
    offer(merchant, candidacy, "13,000.00")
    said = anchor.go(candidacy).inner_text("main")
    assert "CNY 13,500.00" in said
    assert "CNY 13,000.00" in said

    # They talk beside it, and she accepts on the card that the offer is in the conversation.
    rooms = [visitor.go(candidacy) for visitor in (merchant, anchor)]
    for writes, reads, text in ((*rooms, "Does the evening suit you?"), (*reversed(rooms), "八点可以。")):
        writes.fill("#chat textarea[name=text]", text)
        writes.click("[data-talk-bar] button.btn-ink")
        reads.locator("#chat [role=log]").get_by_text(text).wait_for(timeout=20_000)
    page.locator("#chat .act").get_by_text("CNY 13,000.00").wait_for(timeout=20_000)
    page.click("#chat .act button[value=accept]")
    page.wait_for_url("**/contracts/**")
    contract = address(page)

    for visitor in (anchor, merchant, agency):
        sign(visitor, contract)
    assert "已全部签署" in anchor.go(contract).inner_text("main")
    proof = merchant.go(contract.replace("/contracts/", "/proof/"))
    assert "The words are those that were signed." in proof.inner_text("main")

    # What one of them writes stands on the other's open page, and nobody reloads.
    rooms = [visitor.go(contract) for visitor in (merchant, anchor)]
    for writes, reads, text in ((*rooms, "周一见，灯光我们带。"), (*reversed(rooms), "好，周一见。")):
        writes.fill("#chat textarea[name=text]", text)
        writes.click("[data-talk-bar] button.btn-ink")
        reads.locator("#chat [role=log]").get_by_text(text).wait_for(timeout=20_000)
    for visitor in (merchant, anchor, agency):
        assert visitor.complaints == []


def test_an_agency_applies_for_its_anchor_who_hears_of_it(people):
    merchant, agency = people("mei@chenyu.example", DESK), people("lan@northquay.example", DESK)
    anchor = people("xiawei@xiawei.example", PHONE)
    title = f"Tea for two {time.time_ns() % 100_000}"
    task = post_a_task(merchant, title)
    page = agency.go(task)
    page.click("main a[href$='/apply/']")
    page.click("main li:has-text('夏未 Xia Wei') a")
    page.check("input[name=portfolio] >> nth=0", force=True)
    page.fill("textarea[name=message]", "She is free on both evenings.")
    agency.press(NEXT)
    candidacy = address(page)
    assert "北岸 Northquay PGC" in merchant.go(candidacy).inner_text("main")
    for _ in range(40):
        if title in anchor.go("/feed/").inner_text("main"):
            break
        time.sleep(0.5)
    assert title in anchor.page.inner_text("main")
    for visitor in (merchant, agency, anchor):
        assert visitor.complaints == []


def post_a_task(merchant: Visitor, title: str) -> str:
    """Through the five steps of the editor; returns the task's public address."""
    page = merchant.go("/v-tasks/")
    merchant.press("main form[action='/v-tasks/new/'] button >> nth=0")
    page.fill("input[name=title]", title)
    page.check("input[name=form][value=whole_live]", force=True)
    page.select_option("select[name=category]", "home")
    page.locator("#saved").get_by_text("Saved at").wait_for()
    merchant.go(address(page))
    assert page.input_value("input[name=title]") == title
    merchant.press(NEXT)
    page.fill("textarea[name=goal]", "Brew it for somebody who has never done it.")
    page.check("input[name=platforms][value=douyin]", force=True)
    page.fill("input[name=disclosure]", "Ad")
    merchant.press(NEXT)
    for name, number in (("apply_by", 6), ("publish_from", 8), ("publish_until", 20)):
        page.fill(f"input[name={name}]", day(number))
    page.fill("input[name=live_start]", f"{day(12)}T20:00")
    page.fill("input[name=live_minutes]", "90")
    rows = (("0", "draft", "Script", 9, "30"), ("1", "live", "Ninety minutes live", 12, "70"))
    for row, kind, what, due, share in rows:
        page.select_option(f"select[name=d-{row}-kind]", kind)
        page.fill(f"input[name=d-{row}-title]", what)
        page.fill(f"input[name=d-{row}-due_on]", day(due))
        page.fill(f"input[name=d-{row}-share]", share)
    merchant.press(NEXT)
    page.fill("input[name=fee]", "12,000.00")
    merchant.press(NEXT)
    merchant.press(NEXT)
    assert "Ready to hand in" in page.inner_text("main")
    merchant.press("main button[value=submit]")
    assert "Open" in page.inner_text("main")
    return address(page).replace("/v-tasks/", "/tasks/")


def offer(visitor: Visitor, candidacy: str, fee: str) -> None:
    page = visitor.go(f"{candidacy}offer/")
    page.fill("input[name=fee]", fee)
    visitor.press(NEXT)
    assert address(page) == candidacy


def sign(visitor: Visitor, contract: str) -> None:
    page = visitor.go(f"{contract}sign/")
    if "reauthenticate" in page.url:
        page.fill("main input[type=password]", DEMO)
        visitor.press("main form button[type=submit] >> nth=0")
    page.check("input[name=read]", force=True)
    visitor.press(NEXT)


def address(page: Page) -> str:
    return re.sub(r"^https?://[^/]+", "", page.url)
