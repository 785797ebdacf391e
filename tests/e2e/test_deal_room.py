"""One deal, three browsers: a merchant at a desk in English, the anchor on a phone in Chinese, her agency at another
desk. They talk, bargain and answer on the cards of the conversation; sign, pay, change what they signed, ask for
changes, let a clock approve, and fall out over the last piece. After each step all three read the same.
"""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page

from marketplace.stack.paths import ROOT
from tests.e2e.conftest import DESK, PHONE, Visitor
from tests.e2e.houses import House
from tests.e2e.test_deal import (
    confirm,
    drill,
    hand_in,
    no_factor_stays,
    second_factor,
    wait_for,
    without_worker,
    work_of,
)
from tests.e2e.test_market import NEXT, address, day, people, sign
from tests.e2e.test_ways_out import at_the_desk, on_the_statement
from tests.support.chaos import environment

__all__ = ["no_factor_stays", "people"]
pytestmark = pytest.mark.timeout(400)
SOON = 20_000  # ms; live means within a moment, and the machine may be busy


@pytest.fixture(scope="module")
def staged(stack) -> dict[str, str]:
    said = subprocess.run(
        [sys.executable, "-m", "tests.support.deal_room_on_stage"],
        cwd=ROOT,
        env=environment(stack),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(said.stdout)


def test_a_deal_room_from_the_first_word_to_the_appeal(people, stack, staged, tmp_path):
    merchant, anchor = people("mei@chenyu.example", DESK), people(staged["anchor"], PHONE)
    agency = people("lan@northquay.example", DESK)
    three = (merchant, anchor, agency)

    contract = agree_in_the_conversation(merchant, anchor, f"/applications/{staged['application']}/")
    for visitor in three:
        sign(visitor, contract)
    pay_at_the_bank(merchant, f"{contract}pay/")
    wait_for(merchant, contract, "Every cent is accounted for")
    all_read(three, contract, "#money", "13,689.00", "0.00")

    the_seal_holds(agency, contract, tmp_path / "contract.pdf")

    pages = [visitor.go(contract) for visitor in three]
    change_the_contract(three, pages, contract)
    all_read(three, contract, "#money", "15,795.00")
    all_read(three, contract, "#terms", "15,000.00")

    draft = work_of(anchor, contract, 0)
    a_round_of_changes(merchant, anchor, agency, contract, draft)
    with without_worker(stack):
        drill(stack, "review", draft.split("/")[2])
    all_read(three, contract, "#money", "4,500.00", "11,056.50")  # 30 % of the new fee, and what is left protected
    assert "Approved" in merchant.go(draft).inner_text("main")

    video = work_of(anchor, contract, 1)
    fall_out(people, staged, three, contract, video)
    on_the_statement(merchant, stack, "105.30")  # of 2,211.30, what is more than the second payment of 2,106.00
    all_read(three, contract, "#money", "15,795.00", "2,211.30", "12,900.00")
    for visitor in three:
        assert visitor.complaints == []


def agree_in_the_conversation(merchant: Visitor, anchor: Visitor, candidacy: str) -> str:
    """Words, an offer, a counter-offer from its card, and a yes on the card of that."""
    desk, phone = merchant.go(candidacy), anchor.go(candidacy)
    for writes, reads, text in ((desk, phone, "Could you brew it twice?"), (phone, desk, "两遍都可以，但要加价。")):
        say(writes, text)
        reads.locator("#chat [role=log]").get_by_text(text).wait_for(timeout=SOON)
    desk.goto(f"{desk.url}offer/")
    make_offer(merchant, "12,000.00")
    card(phone, "12,000.00").locator("a[href$='/offer/']").click()
    make_offer(anchor, "13,000.00")
    merchants = card(desk, "13,000.00")
    assert merchants.locator("button[value=accept]").count() == 1
    assert "Countered" in desk.locator("#chat .act").first.inner_text()  # her own, on the page that stayed open
    merchants.locator("button[value=accept]").click()
    desk.wait_for_url("**/contracts/**")
    return address(desk)


def make_offer(visitor: Visitor, fee: str) -> None:
    visitor.page.fill("input[name=fee]", fee)
    visitor.press(NEXT)


def pay_at_the_bank(merchant: Visitor, path: str) -> None:
    page = merchant.go(path)
    confirm(merchant)
    page.check("input[name=source][value=checkout]", force=True)
    merchant.press(NEXT)
    House().pay(merchant)


def the_seal_holds(visitor: Visitor, contract: str, file: Path) -> None:
    """What each side downloads is good for our own check, and for a stranger's program."""
    wait_for(visitor, contract, "Download")
    file.write_bytes(visitor.context.request.get(f"{visitor.stack.url}{contract}sealed/").body())
    checked = visitor.stack.manage("verify_contract", str(file))
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert contract.split("/")[2] in checked.stdout
    if shutil.which("pdfsig"):
        said = subprocess.run(["pdfsig", "-nocert", file], capture_output=True, text=True, check=False).stdout
        assert "Signature is Valid." in said
        assert "Total document signed" in said


def change_the_contract(three: tuple[Visitor, ...], pages: list[Page], contract: str) -> None:
    """A higher fee and a later day: proposed by the anchor, on everybody's open page as a card, signed by all there,
    paid by the merchant."""
    merchant, anchor, _agency = three
    page = anchor.go(contract)
    page.click("main a[href$='/change/']")
    page.fill("input[name=fee]", "15,000.00")
    page.fill("input[name=due_1]", day(11))
    page.fill("textarea[name=words]", "加一场彩排。")
    anchor.press(NEXT)
    change = address(page)
    anchor.go(contract)
    for visitor, page in zip(three, pages, strict=True):
        card(page, "15,000.00").locator("a[href$='/sign/']").click()
        page.wait_for_load_state()
        confirm(visitor)
        assert "加一场彩排。" in page.inner_text("main")
        page.check("input[name=read]", force=True)
        visitor.press(NEXT)
        page.goto(visitor.stack.url + contract)
    for page in pages:
        assert "13,689.00" in page.inner_text("#money")  # nothing holds before it is paid
    card(pages[0], "15,000.00").locator("a[href$='/pay/']").wait_for(timeout=SOON)
    assert "2,106.00" in merchant.go(change).inner_text("main")
    pay_at_the_bank(merchant, f"{change}pay/")
    wait_for(merchant, contract, "15,795.00", within="#money")


def a_round_of_changes(merchant: Visitor, anchor: Visitor, agency: Visitor, contract: str, work: str) -> None:
    """Asked for from the card, while the room stays open on all three screens."""
    desk, other = merchant.go(contract), agency.go(contract)
    hand_in(anchor, work, "https://share.example.com/draft")
    phone = anchor.go(contract)
    merchants = desk.locator("#chat .act:has(button[value=approve])")
    merchants.wait_for(timeout=SOON)
    for page in (phone, other):
        page.locator(f"#chat .act a[href^='{work}']").first.wait_for(timeout=SOON)
        assert page.locator("#chat button[value=approve]").count() == 0
    merchants.locator("a[href$='#changes']").click()
    desk.fill("#changes textarea", "Show the second brew.")
    merchant.press("#changes button[value=request_changes]")
    assert "Show the second brew." in anchor.go(work).inner_text("main")
    desk.goto(merchant.stack.url + contract)
    hand_in(anchor, work, "https://share.example.com/draft-2")
    desk.locator("#chat .act:has(button[value=approve])").wait_for(timeout=SOON)
    assert desk.locator("#chat button[value=approve]").count() == 1  # the earlier version is answered
    assert "Show the second brew." in agency.go(work).inner_text("main")


def fall_out(people, staged: dict[str, str], three: tuple[Visitor, ...], contract: str, work: str) -> None:
    """The mediator's split is refused by one, so it is decided; she appeals, and somebody else has the last word."""
    merchant, anchor, _agency = three
    hand_in(anchor, work, "https://share.example.com/film")
    desk = merchant.go(contract)
    desk.locator("#chat button[value=approve]").click()
    desk.locator("#chat button[value=approve]").wait_for(state="detached", timeout=SOON)
    page = anchor.go(work)
    page.fill("#publish input[name=link]", "https://www.douyin.com/video/7300000002")
    anchor.press("#publish button[value=publish]")
    page = merchant.go(f"{work}dispute/")
    page.fill("textarea[name=words]", "Another brand's cup stands in the picture.")
    page.fill("input[name=share]", "40")
    merchant.press("main form.form button[type=submit], main form.form .btn >> nth=-1")
    dispute = re.search(r"/disputes/(dsp_\w+)/", page.url)[1]
    path = f"/disputes/{dispute}/"
    page = anchor.go(path)
    page.fill("#answer textarea[name=words]", "杯子没有露出商标。")
    page.fill("#answer input[name=share]", "100")
    anchor.press("#answer button[value=answer]")

    staff = people("ops@mooring.example", DESK)
    second_factor(staff)
    at_the_desk(staff, dispute, "propose", share="60", reasons="Meet in the middle.")
    staff.press("#preview form.form .btn-primary")
    all_read(three, path, "#proposals", "60 %", "Meet in the middle.")
    merchant.go(path)
    merchant.press("#proposals button[value=accept]")
    anchor.go(path)
    anchor.press("#proposals button[value=refuse]")
    at_the_desk(staff, dispute, "decide", share="70", reasons="Three seconds without a mark.")
    staff.press("#preview form.form .btn-primary")
    all_read(three, path, "#decision", "70 %", "Three seconds without a mark.")
    all_read(three, contract, "#money", "11,056.50")  # it stands still

    page = anchor.go(path)
    page.fill("#appeal textarea[name=words]", "当天就剪掉了。")
    anchor.press("#appeal button[value=appeal]")
    last = people(staged["judge"], DESK)
    second_factor(last)
    at_the_desk(last, dispute, "settle", share="80", reasons="Cut the same day.")
    last.press("#preview form.form .btn-primary")
    wait_for(merchant, path, "80 %")
    all_read(three, path, "#settlement", "80 %", "Cut the same day.")


def say(page: Page, text: str) -> None:
    page.fill("#chat textarea[name=text]", text)
    page.click("[data-talk-bar] button.btn-ink")


def card(page: Page, words: str) -> Locator:
    """That of the conversation which says this; it comes by itself."""
    found = page.locator("#chat .act").filter(has_text=words).last
    found.wait_for(timeout=SOON)
    return found


def all_read(three: tuple[Visitor, ...], path: str, within: str, *figures: str) -> None:
    for visitor in three:
        said = visitor.go(path).inner_text(within)
        for figure in figures:
            assert figure in said, (visitor.page.url, figure, said)
