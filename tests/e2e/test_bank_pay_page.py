"""The bank's pages in a real browser: paying leads back, the policy lets it, nothing is broken for anyone."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.e2e.conftest import chromium_here
from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi

AXE = Path(__file__).parents[1] / "support/axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]
PHONE, DESKTOP = {"width": 390, "height": 844}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium_here(), args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def merchant() -> Iterator[str]:
    """The site that a payer comes from: any page that says where one is."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/plain")
            self.end_headers()
            self.wfile.write(f"back at {self.path}".encode())

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://localhost:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    context = chromium.new_context(locale="en")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    yield page
    context.close()
    assert [text for text in said if "Content Security Policy" in text] == []


def open_checkout(bank: Bank, merchant: str) -> dict:
    bank.allow_returns_to(merchant)
    return bank.checkout(success_url=f"{merchant}/paid", cancel_url=f"{merchant}/cancelled")


@pytest.mark.parametrize(
    ("button", "leads_to", "status"),
    [
        ("Pay 1,000.00", "/paid", "paid"),
        ("Pay slowly", "/paid", "processing"),
        ("Decline", "/cancelled", "declined"),
        ("Cancel and go back", "/cancelled", "cancelled"),
    ],
)
def test_each_button_leads_back_to_the_merchant(
    bank: Bank, page: Page, merchant: str, button: str, leads_to: str, status: str
) -> None:
    checkout = open_checkout(bank, merchant)
    bank.point_webhooks_at("")
    page.goto(checkout["url"])

    page.get_by_role("button", name=button, exact=True).click()

    expect(page).to_have_url(merchant + leads_to)
    assert bank.get(f"/api/checkouts/{checkout['id']}").json()["status"] in (status, "paid")


def test_double_click_pays_once(bank: Bank, page: Page, merchant: str) -> None:
    checkout = open_checkout(bank, merchant)
    page.goto(checkout["url"])

    page.get_by_role("button", name="Pay 1,000.00").dblclick(no_wait_after=True)

    expect(page).to_have_url(f"{merchant}/paid")
    assert len(bank.entries()) == 1
    page.goto(checkout["url"])
    expect(page.get_by_role("heading", name="Paid")).to_be_visible()


def test_failing_after_accepting_leaves_the_payer_with_an_error(bank: Bank, page: Page, merchant: str) -> None:
    checkout = open_checkout(bank, merchant)
    page.goto(checkout["url"])

    page.get_by_role("button", name="Fail after accepting").click()

    expect(page.get_by_role("heading", name="Something broke at the bank")).to_be_visible()
    assert bank.balance() == 100_000
    page.get_by_role("link", name="Back to the merchant").click()
    expect(page).to_have_url(f"{merchant}/paid")


def test_language_is_switched_on_the_page(bank: Bank, page: Page, merchant: str) -> None:
    page.goto(open_checkout(bank, merchant)["url"])

    page.get_by_role("link", name="中文").click()

    expect(page.get_by_role("button", name="付款 1,000.00")).to_be_visible()
    expect(page.get_by_text("银行替身，没有真钱往来。")).to_be_visible()


@pytest.mark.parametrize(
    ("size", "theme", "locale"), [(PHONE, "light", "zh-CN"), (DESKTOP, "dark", "en")], ids=["phone", "desktop"]
)
def test_pages_are_accessible_and_fit(
    bank: Bank, chromium: Browser, merchant: str, theme: str, size: dict, locale: str
) -> None:
    checkout = open_checkout(bank, merchant)
    charge = bank.paid(reference="a-reference-that-is-quite-a-bit-longer-than-usual")["charge"]["id"]
    bank.refund(charge, 1)
    bank.fault("refund.create", "slow", count=0)
    api = StripeApi(bank)
    waiting, challenged, account = api.session(), api.session(), api.account(onboarded=False)
    bank.pay_session(challenged.id, "challenge")
    api.charge()
    at_stripe = (waiting.url, challenged.url, onboarding(api, account, merchant))
    here = (f"/pay/{checkout['id']}", "/", "/statement", "/statement?reference=none", "/faults", "/nothing")
    context = chromium.new_context(viewport=size, color_scheme=theme, locale=locale)
    page = context.new_page()
    for path in (*here, "/statement?payee=acquirer", *(url.removeprefix(bank.url) for url in at_stripe)):
        page.goto(bank.url + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= size["width"], path
        assert violations(page) == [], path
    context.close()


def test_card_payer_is_declined_asked_who_she_is_and_sent_back(bank: Bank, page: Page, merchant: str) -> None:
    bank.allow_returns_to(merchant)
    api = StripeApi(bank)
    session = api.session(success_url=f"{merchant}/paid", cancel_url=f"{merchant}/cancelled")
    page.goto(session.url)

    page.get_by_role("button", name="Decline").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was charged")
    page.get_by_role("button", name="Ask who it is").click()
    page.get_by_role("button", name="Yes, it is me").click()

    expect(page).to_have_url(f"{merchant}/paid")
    assert api.lines() == [("charge", 100_000, 2_930)]


def test_payee_tells_who_she_is_and_is_sent_back(bank: Bank, page: Page, merchant: str) -> None:
    bank.allow_returns_to(merchant)
    api = StripeApi(bank)
    account = api.account(onboarded=False)
    page.goto(onboarding(api, account, merchant))

    page.get_by_label("Name on the account").fill("Xia Wei")
    page.get_by_label("Account or card number").fill("6228 4800 1234 5678 003")
    page.get_by_role("button", name="Finish", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("No account can have this number")
    page.get_by_label("Account or card number").fill("6228 4800 1234 5678 002")
    page.get_by_role("button", name="Finish", exact=True).click()

    expect(page).to_have_url(f"{merchant}/done")
    assert api.accounts.retrieve(account, {"include": ["requirements"]}).requirements.entries == []


def onboarding(api: StripeApi, account: str, merchant: str) -> str:
    ways = {"refresh_url": f"{merchant}/again", "return_url": f"{merchant}/done"}
    use_case = {"type": "account_onboarding", "account_onboarding": ways}
    return api.client.v2.core.account_links.create({"account": account, "use_case": use_case}).url


def violations(page: Page) -> list[str]:
    """What axe finds; nothing when it is not at hand."""
    if not AXE.exists():
        return []
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run()")["violations"]
    return [f"{item['id']}: {item['nodes'][0]['html']}" for item in found]
