"""From signatures to money in a bank, in real browsers: a merchant at a desk in English, the anchor on a phone in
Chinese, and the owner of her agency reading along in the admin. The bank's own statement has the last word.
"""

import csv
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from marketplace.stack.paths import ROOT
from tests.e2e.conftest import DESK, PHONE, Visitor
from tests.e2e.houses import House
from tests.e2e.test_market import DEMO, NEXT, address, day, offer, people, post_a_task, sign
from tests.support.chaos import environment
from tests.support.stack import Stack

__all__ = ["people"]
pytestmark = pytest.mark.timeout(500)
XIA_WEI = "夏未 Xia Wei"


@pytest.fixture(autouse=True)
def no_factor_stays(stack) -> Iterator[None]:
    """The stack is the next test's too, and it signs in with a password."""
    yield
    drill(stack, "forget")


def test_a_deal_from_signatures_to_its_end(people, stack):
    walk_a_deal(people, stack, House())


def walk_a_deal(people: Callable[..., Visitor], stack: Stack, house: House) -> None:
    merchant, anchor = people("mei@chenyu.example", DESK), people("xiawei@xiawei.example", PHONE)
    agency = people("lan@northquay.example", DESK)
    title = f"白茶开播 {time.time_ns() % 100_000}"
    contract = agreed(merchant, anchor, agency, title)
    name_account(anchor, stack, house)

    # The merchant protects the money at the bank.
    page = merchant.go(contract)
    assert "Protect the money, then work begins" in page.inner_text("main")
    page.click("main a[href$='/pay/']")
    confirm(merchant)
    page.check("input[name=source][value=checkout]", force=True)
    merchant.press(NEXT)
    house.pay(merchant)
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

    # A week and a day later her part has left for her bank; the agency's waits for an account.
    with without_worker(stack):
        house.let_pass(stack, 8)
        drill(stack, "days", "8")
    house.send_out()
    wait_for(anchor, "/earnings/", "10,200.00", within="#in-CNY .tide.tone-paid")
    for visitor in (merchant, anchor, agency):
        line = visitor.go(contract).inner_text("#money")
        assert "10,200.00" in line
        assert "1,800.00" in line
    assert statement_of(anchor) == {"released": Decimal("10200.00"), "paid": Decimal("-10200.00")}
    assert house.statement(anchor, XIA_WEI) == ["-10,200.00", "3,060.00", "7,140.00"]

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
    anchor.press("main button[value=accept] >> nth=0")
    contract = address(page)
    for visitor in (anchor, merchant, agency):
        sign(visitor, contract)
    return contract


def name_account(anchor: Visitor, stack: Stack, house: House) -> None:
    """Checked as a payee, with a second factor, on the bank's own page."""
    drill(stack, "payee", "xiawei@xiawei.example")
    second_factor(anchor)
    anchor.go("/earnings/account/")
    confirm(anchor)
    page = anchor.press(house.account_button)
    house.open_account(anchor, XIA_WEI)
    assert house.last4 in page.inner_text("main")


def statement_of(visitor: Visitor) -> dict[str, Decimal]:
    """The sums of this month's file and the next's, for the payout is told of eight days later."""
    sums = {"released": Decimal(0), "paid": Decimal(0)}
    for month in sorted({day(0)[:7], day(8)[:7]}):
        answer = visitor.context.request.get(f"{visitor.stack.url}/earnings/statement.csv?month={month}")
        for row in csv.reader(answer.text().lstrip("\ufeff").splitlines()[1:]):
            sums["released" if row[2].startswith("ctr_") else "paid"] += Decimal(row[4])
    return sums


def drill(stack: Stack, *what: str) -> None:
    """`tests/support/drill.py` beside the stack."""
    command = [sys.executable, "-m", "tests.support.drill", *what]
    subprocess.run(command, cwd=ROOT, env=environment(stack), check=True)


@contextmanager
def without_worker(stack: Stack) -> Iterator[None]:
    """Stopped, so that it does not do today what is told of another day.

    First whoever hands out the work, then, when what they hold has come to its end, those who do it: one that is
    stopped in the middle would keep its rows locked.
    """
    worker = stack.pids("marketplace.celery worker")
    gives = [pid for pid in worker if parent_of(pid) not in worker]
    stopped = []
    try:
        for some in (gives, [pid for pid in worker if pid not in gives]):
            stopped += some
            for pid in some:
                os.kill(pid, signal.SIGSTOP)
            time.sleep(2)
        yield
    finally:
        for pid in stopped:
            os.kill(pid, signal.SIGCONT)


def parent_of(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


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


def wait_for(visitor: Visitor, path: str, words: str, within: str = "main") -> None:
    for _ in range(60):
        if words in visitor.go(path).inner_text(within):
            return
        time.sleep(0.5)
    raise AssertionError(f"{words!r} never stood on {path}")


def second_factor(visitor: Visitor) -> None:
    """As somebody with an authenticator app would."""
    page = visitor.go("/accounts/2fa/totp/activate/")
    confirm(visitor)
    secret = page.locator("#authenticator_secret, input[readonly]").first.input_value()
    if (left := 30 - time.time() % 30) < 8:
        time.sleep(left)  # a code typed at the end of its half minute arrives too late on a busy machine
    page.fill("input[name=code]", format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    visitor.press("main form button[type=submit] >> nth=0")
