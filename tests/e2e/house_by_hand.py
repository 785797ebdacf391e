"""The bank by hand as a house: two people of finance at their desk in the admin, and files as from a bank."""

import csv
import io
import re
from collections.abc import Callable
from decimal import Decimal

from playwright.sync_api import Locator, Page

from tests.e2e.conftest import DESK, Visitor
from tests.e2e.houses import House
from tests.e2e.test_deal import drill, second_factor
from tests.factories.rail import CARD, HEADER
from tests.support.stack import Stack

UPLOAD_IT = "#content form button.btn-primary"


class ByHand(House):
    """One of finance uploads and gathers, another books and approves."""

    dialect = "rail"
    last4 = CARD[-4:]
    account_button = "main form.form:has(input[value=bank_rail]) button.btn-primary"

    def __init__(self, people: Callable[..., Visitor], stack: Stack) -> None:
        self.maker, self.checker = (self._finance(people, stack, n) for n in (1, 2))
        self.balance = Decimal(0)

    def pay(self, visitor: Visitor) -> None:
        """The payer's page says what to transfer; the bank's statement says that it came."""
        visitor.page.wait_for_selector("#transfer")
        told = visitor.page.inner_text("#transfer")
        code = re.search(r"MOOR-\w{4}-\w{4}", told)[0]
        amount = Decimal(re.search(r"\d{1,3}(,\d{3})*\.\d\d", told)[0].replace(",", ""))
        self.balance += amount
        line = ["2026-11-02", amount, "", self.balance, "晨屿茶业", "6217000010001234567", f"货款 {code}", "L1"]
        page = self._upload("/admin/bank_rail/upload/statement/", [HEADER, line])
        assert "paid as asked for" in page.inner_text("#content")
        self._booked_by_another(page)

    def open_account(self, visitor: Visitor, holder: str) -> None:
        page = visitor.page
        page.fill("input[name=holder]", holder)
        page.fill("input[name=bank_name]", "招商银行")
        page.fill("input[name=number]", CARD)
        visitor.press()
        page.wait_for_url(re.compile("/earnings/account/$"))

    def send_out(self) -> None:
        """What waits goes to the bank in a file, and the bank answers that it paid."""
        page = self.maker.go("/admin/bank_rail/batch/")
        self._press(page.locator("form[action$='/draft/CNY/'] button"))
        batch = page.url
        self._press(self._looking_at(self.checker, batch).locator("form[action$='/approve/'] button"))
        with page.expect_download() as download:
            self._looking_at(self.maker, batch).locator("form[action$='/file/'] button").click()
        rows = list(csv.reader(io.StringIO(download.value.path().read_text("utf-8-sig"))))[1:-1]
        assert [row[2] for row in rows] == [CARD] * len(rows)
        answers = [[row[0], row[4], "成功", f"S{n}"] for n, row in enumerate(rows)]
        there = self._looking_at(self.maker, batch).locator("a[href*='/confirmation/']").get_attribute("href")
        self._booked_by_another(self._upload(there, [["附言", "金额", "结果", "流水号"], *answers]))

    def statement(self, visitor: Visitor, holder: str) -> list[str]:
        """The rail's own books of her part: a transfer to her leaves the platform's."""
        page = self.checker.go("/admin/bank_rail/entry/")
        figures = []
        for row in page.locator("#result_list tbody tr", has_text=holder).all():
            figure = row.locator(".field-amount").inner_text().replace("CNY", "").replace("−", "-").strip()
            to_her = "Transfer" in row.inner_text()
            figures.append(figure.removeprefix("-") if to_her else figure)
        return sorted(figures)

    def _finance(self, people: Callable[..., Visitor], stack: Stack, number: int) -> Visitor:
        email = f"finance-{number}@mooring.example"
        drill(stack, "finance", email)
        visitor = people(email, DESK)
        second_factor(visitor)
        return visitor

    def _upload(self, address: str, rows: list[list]) -> Page:
        out = io.StringIO(newline="")
        csv.writer(out).writerows(rows)
        page = self.maker.go(address)
        file = {"name": "bank.csv", "mimeType": "text/csv", "buffer": out.getvalue().encode("gb18030")}
        page.set_input_files("input[name=file]", file)
        self._press(page.locator(UPLOAD_IT))
        assert "You uploaded it; somebody else of finance books it." in page.inner_text("#content")
        return page

    def _booked_by_another(self, uploaded: Page) -> None:
        page = self._looking_at(self.checker, uploaded.url)
        self._press(page.locator("form[action$='/book/'] button"))
        assert "Booked." in page.inner_text("body")

    def _looking_at(self, visitor: Visitor, address: str) -> Page:
        visitor.page.goto(address)
        return visitor.page

    def _press(self, button: Locator) -> None:
        button.click()
        button.page.wait_for_load_state()
