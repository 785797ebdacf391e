"""A deal that ends early, at each stage of the kill-fee table, and one that is disputed: what was shown before anybody
asked is what the money line, the other side's phone and the bank's own statement say afterwards, to the cent.
"""

import json
import re
import subprocess
import sys

import pytest

from marketplace.stack.paths import ROOT
from tests.e2e.conftest import DESK, PHONE, Visitor
from tests.e2e.test_deal import no_factor_stays, second_factor, wait_for
from tests.e2e.test_market import people
from tests.support.chaos import environment

__all__ = ["no_factor_stays", "people"]
pytestmark = pytest.mark.timeout(400)
# 12,000.00, 5 % platform fee and 6 % VAT on it were paid in: what the anchor's side gets now, and what goes back.
OUTCOMES = {
    "funded": ("1,200.00", "11,372.40"),
    "script_approved": ("2,880.00", "7,076.16"),  # 2,400.00 was released before
    "draft_delivered": ("8,640.00", "3,538.08"),
    "approved_unpublished": ("12,000.00", None),
}


@pytest.fixture(scope="module")
def deals(stack) -> dict[str, str]:
    said = subprocess.run(
        [sys.executable, "-m", "tests.support.deals_on_stage"],
        cwd=ROOT,
        env=environment(stack),
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return json.loads(said.stdout)


def test_every_way_out_gives_what_it_showed(people, stack, deals):
    merchant, anchor = people("mei@chenyu.example", DESK), people(deals["anchor"], PHONE)
    for stage, (to_anchor, back) in OUTCOMES.items():
        contract = f"/contracts/{deals[stage]}/"
        page = merchant.go(f"{contract}end/")
        shown = page.inner_text("main")
        assert to_anchor in shown, stage
        assert back is None or back in shown, stage
        page.fill("textarea[name=words]", "The season was moved.")
        merchant.press("button[value=ask]")
        assert to_anchor in anchor.go(f"{contract}end/").inner_text("main"), stage
        anchor.press("button[value=agree]")
        for visitor in (merchant, anchor):
            line = visitor.go(contract).inner_text("#money")
            assert back is None or back in line, (stage, line)
        if back:
            on_the_statement(merchant, stack, back)
    call_off(merchant, anchor, deals["before_funds"])
    assert merchant.complaints == anchor.complaints == []


def call_off(merchant: Visitor, anchor: Visitor, contract: str) -> None:
    """Before anything was paid nobody owes anything."""
    merchant.go(f"/contracts/{contract}/end/")
    merchant.press("button[value=call_off]")
    assert "Called off" in merchant.page.inner_text("body")
    assert anchor.go(f"/contracts/{contract}/").locator("#money").count() == 0


def test_a_dispute_is_decided_appealed_and_settled(people, stack, deals):
    merchant, anchor = people("mei@chenyu.example", DESK), people(deals["anchor"], PHONE)
    staff, judge = people("ops@mooring.example", DESK), people(deals["judge"], DESK)
    contract = f"/contracts/{deals['disputed']}/"
    work = merchant.go(contract).locator("#work article h3 a").nth(2).get_attribute("href")
    page = merchant.go(f"{work}dispute/")
    page.fill("textarea[name=words]", "Another brand's cup stands in the picture.")
    page.fill("input[name=share]", "50")
    merchant.press("main form.form button[type=submit], main form.form .btn >> nth=-1")
    dispute = re.search(r"/disputes/(dsp_\w+)/", page.url)[1]
    page = anchor.go(f"/disputes/{dispute}/")
    page.fill("#answer textarea[name=words]", "杯子没有露出商标。")
    page.fill("#answer input[name=share]", "90")
    anchor.press("#answer button[value=answer]")

    second_factor(staff)
    page = at_the_desk(staff, dispute, "decide", share="70", reasons="Three seconds without a mark.")
    assert "1,895.40" in page.inner_text("#preview")  # three tenths of 6,000.00, with their fee and VAT
    staff.press("#preview form.form .btn-primary")

    page = anchor.go(f"/disputes/{dispute}/")
    assert "70 %" in page.inner_text("#decision")
    page.fill("#appeal textarea[name=words]", "当天就剪掉了。")
    anchor.press("#appeal button[value=appeal]")
    second_factor(judge)
    page = at_the_desk(judge, dispute, "settle", share="80", reasons="Cut the same day.")
    assert "当天就剪掉了。" in page.inner_text("body")
    judge.press("#preview form.form .btn-primary")

    wait_for(merchant, f"/disputes/{dispute}/", "80 %")
    on_the_statement(merchant, stack, "1,263.60")  # a fifth of 6,000.00, with its fee and VAT
    for visitor in (merchant, anchor):
        assert "1,263.60" in visitor.go(contract).inner_text("#money")
        assert "80 %" in visitor.go(f"/disputes/{dispute}/").inner_text("#settlement")
    assert merchant.complaints == anchor.complaints == []


def at_the_desk(staff: Visitor, dispute: str, act: str, *, share: str, reasons: str):
    """The first of its two pages filled in; on the second stands what it does with the money."""
    page = staff.go(f"/admin/contracts/dispute/{dispute}/{act}/")
    assert "Another brand's cup" in page.inner_text("body")
    page.fill("input[name=share]", share)
    page.fill("textarea[name=reasons]", reasons)
    staff.press("#content form.form .btn-primary")
    return page


def on_the_statement(visitor: Visitor, stack, figure: str) -> None:
    """The bank's own page, by its own books."""
    page = visitor.page
    for _ in range(60):
        page.goto(f"http://localhost:{stack.port + 2}/statement?currency=CNY")
        if figure in page.inner_text("table.lines"):
            return
        page.wait_for_timeout(500)
    raise AssertionError(f"{figure} never left the bank")
