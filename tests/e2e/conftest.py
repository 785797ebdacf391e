"""A real Chromium against a real stack."""

import re
import shutil
import time
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.support.stack import Stack, stack

__all__ = ["stack"]

PASSWORD = "moor-the-money-first"
QUIET = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-features=LocalNetworkAccessChecks",  # an answer given in place of the server counts as a foreign one
]
PHONE = {"viewport": {"width": 390, "height": 844}, "locale": "zh-CN", "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 900}, "locale": "en-GB"}


def chromium_here() -> str:
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    assert found, "the browser tests need Chromium"
    return found


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """For one module: Playwright keeps an event loop running in this thread, which Django would mind elsewhere."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=chromium_here(), args=QUIET)
        yield chromium
        chromium.close()


class Visitor:
    """A person at a browser: goes places, and remembers what the browser complained about."""

    def __init__(self, context: BrowserContext, stack: Stack) -> None:
        self.context, self.stack = context, stack
        self.complaints: list[str] = []
        self.page = self.watched(context.new_page())

    def watched(self, page: Page) -> Page:
        page.on("console", lambda m: self.complaints.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        return page

    def go(self, path: str) -> Page:
        self.page.goto(self.stack.url + path)
        return self.page

    def press(self, selector: str = "main form.form button.btn-primary") -> Page:
        self.page.click(selector)
        self.page.wait_for_load_state()
        return self.page

    def code_for(self, email: str) -> str:
        """The verification code from the mailbox."""
        for _ in range(60):
            page = self.context.new_page()
            page.goto(f"{self.stack.url}/mailbox/?to={email}")
            links = page.locator("main li a[href^='/mailbox/']")
            if links.count():
                links.first.click()
                page.wait_for_load_state()
                found = re.search(r"\b[A-Z0-9]{4}-[A-Z0-9]{4}\b", page.inner_text("main"))
                page.close()
                if found:
                    return found[0]
            else:
                page.close()
            time.sleep(0.5)
        raise AssertionError(f"no code for {email}")

    def sign_up(self, name: str, email: str) -> None:
        self.go("/accounts/signup/")
        self.page.fill("input[name=name]", name)
        self.page.fill("input[name=email]", email)
        self.page.fill("input[name=password1]", PASSWORD)
        self.page.check("input[name=consent]")
        self.press()
        self.page.fill("input[name=code]", self.code_for(email))
        self.press("main form button[type=submit] >> nth=0")

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", email)
        self.page.fill("input[name=password]", password)
        self.press()

    def prove_it_is_me(self) -> None:
        """Give the password again, if the page asks for it."""
        if "reauthenticate" in self.page.url:
            self.page.fill("main input[type=password]", PASSWORD)
            self.press("main form button[type=submit] >> nth=0")


@pytest.fixture
def phone(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    context = browser.new_context(**PHONE)
    yield Visitor(context, stack)
    context.close()


@pytest.fixture
def desk(browser: Browser, stack: Stack) -> Iterator[Visitor]:
    context = browser.new_context(**DESK)
    yield Visitor(context, stack)
    context.close()
