"""Whose pages the money goes through: the test bank's, or Stripe's as the stand-in shows them."""

import re

import httpx

from tests.e2e.conftest import Visitor
from tests.support.chaos import environment
from tests.support.stack import Stack

DAY = 86_400


class House:
    """What a payer and a payee do on a provider's own pages, and what its statement says of the payee."""

    dialect = ""
    pay_page = r"/pay/chk_"
    pay_link = "a[href*='/pay/chk_']"
    pay_button = "button[value=pay]"
    finish_button = "main button"
    last4 = "8002"
    account_button = "main form.form button.btn-primary"

    def pay(self, visitor: Visitor) -> None:
        page = visitor.page
        if not re.search(self.pay_page, page.url):
            page.click(f"main {self.pay_link}", timeout=60_000)
        page.wait_for_url(re.compile(self.pay_page))
        page.click(self.pay_button)
        page.wait_for_url(re.compile(r"/wallet/in/"))

    def open_account(self, visitor: Visitor, holder: str) -> None:
        page = visitor.page
        page.fill("input[name=holder]", holder)
        page.fill("input[name=bank_name]", "招商银行")
        page.fill("input[name=number]", "6228 4800 1234 5678 002")
        page.click(self.finish_button)
        page.wait_for_url(re.compile("/earnings/account/"))

    def let_pass(self, stack: Stack, days: int) -> None:
        """What the provider itself needs to see of the days that pass."""

    def send_out(self) -> None:
        """What its people do before a payout arrives."""

    def statement(self, visitor: Visitor, holder: str) -> list[str]:
        page = visitor.page
        page.goto(f"http://localhost:{visitor.stack.port + 2}/statement")
        page.select_option("select[name=payee]", label=holder)
        page.click("form.filters button")
        page.wait_for_load_state()
        figures = page.locator("td.lines__amount").all_inner_texts()
        return sorted(figure.replace("CNY", "").replace("−", "-").strip() for figure in figures)


class Stripe(House):
    """Its money is pending for two days, so its clock goes along."""

    dialect = "stripe"
    pay_page = r"/c/pay/cs_"
    pay_link = "a[href*='/c/pay/cs_']"
    finish_button = "button[value=finish]"

    def let_pass(self, stack: Stack, days: int) -> None:
        told = environment(stack)
        headers = {"Authorization": f"Bearer {told['STANDIN_SECRET']}"}
        there = f"{told['STANDIN_URL']}/_clock"
        httpx.post(there, json={"seconds": days * DAY}, headers=headers, trust_env=False).raise_for_status()
