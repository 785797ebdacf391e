"""What a stranger does first, in Chinese, on a phone: sign up, passkey, brand, colleague, money in, money back."""

import re
import time

import pytest

from tests.e2e.conftest import DESK, Visitor
from tests.support.chaos import both_books

pytestmark = pytest.mark.timeout(300)


def amount_on(page, label: str) -> str:
    return page.locator(".tide", has_text=label).inner_text().split()[-1].removeprefix("CNY")


def test_from_sign_up_to_a_refund_that_both_books_agree_on(phone, browser, stack):
    email = f"linqiao-{time.time_ns()}@example.com"
    phone.sign_up("林乔", email)
    page = phone.page
    assert page.locator("html").get_attribute("lang") == "zh-Hans"

    add_a_passkey(phone)

    phone.go("/welcome/")
    page.check("#kind-brand", force=True)
    page.fill("input[name=name]", "乔木茶")
    phone.press()
    page.check("input[value=food]", force=True)
    page.fill("textarea[name=story]", "山里的茶，一年一季。")
    phone.press()
    assert "乔木茶" in page.inner_text("h1")

    invite_a_colleague(phone, browser)

    ours, theirs = both_books(stack)
    phone.go("/wallet/top-up/")
    phone.prove_it_is_me()
    page.fill("input[name=amount]", "1,000.00")
    phone.press()
    if "/pay/chk_" not in page.url:  # the bank was slow: the page waits with us, and then shows the way
        page.click("main a[href*='/pay/chk_']", timeout=60_000)
    page.wait_for_url(re.compile(r"/pay/chk_"))
    page.click("button[value=pay]")
    page.wait_for_url(re.compile(r"/wallet/in/"))
    page.wait_for_selector("text=已到钱包", timeout=20_000)

    phone.go("/wallet/")
    assert amount_on(page, "可用") == "1,000.00"
    page.click("main a[href*='/refund/']")
    page.wait_for_load_state()
    phone.prove_it_is_me()
    page.fill("input[name=amount]", "400.00")
    phone.press()
    page.wait_for_selector("text=已原路退回", timeout=20_000)
    phone.go("/wallet/")
    assert amount_on(page, "可用") == "600.00"

    # The bank's own statement, from its own books: the same cents.
    page.goto(f"http://localhost:{stack.port + 2}/statement")
    statement = page.inner_text("main")
    assert "1,000.00" in statement
    assert "400.00" in statement
    assert both_books(stack) == (ours + 60_000, theirs + 60_000)
    assert phone.complaints == []
    assert stack.manage("check_invariants").returncode == 0


def add_a_passkey(phone: Visitor) -> None:
    """With a virtual authenticator, as Chromium's developer tools give."""
    client = phone.context.new_cdp_session(phone.page)
    client.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    client.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    phone.go("/accounts/2fa/webauthn/add/")
    phone.prove_it_is_me()
    page = phone.page
    page.fill("input[name=name]", "手机")
    page.check("input[name=passwordless]", force=True)
    page.click("#mfa_webauthn_add")
    page.wait_for_url(re.compile(r"/accounts/2fa/(recovery-codes|webauthn)/?$"), timeout=15_000)
    # Sign out, and in again with nothing but the passkey.
    phone.go("/accounts/logout/")
    phone.press("main form button[type=submit] >> nth=0")
    phone.go("/accounts/login/")
    page.click("#passkey_login")
    page.wait_for_url(re.compile(r"/(today|welcome)/"), timeout=15_000)


def invite_a_colleague(phone: Visitor, browser) -> None:
    email = f"colleague-{time.time_ns()}@example.com"
    phone.go("/team/")
    phone.page.fill("#id_email", email)
    phone.page.select_option("#id_role", "finance")
    phone.press()
    assert email in phone.page.inner_text("main")
    context = browser.new_context(**DESK)
    colleague = Visitor(context, phone.stack)
    colleague.sign_up("Anna", email)
    colleague.go("/today/")
    colleague.page.click("main a[href^='/join/']")
    colleague.page.wait_for_load_state()
    colleague.press()
    assert "乔木茶" in colleague.page.inner_text("h1")
    assert colleague.go("/wallet/").locator("a[href='/wallet/top-up/']").count() > 0  # finance moves money
    assert colleague.complaints == []
    context.close()
