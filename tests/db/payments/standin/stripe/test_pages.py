"""The hosted pages: what a payer sees and presses, in both languages, without scripts."""

import time

import pytest

from tests.support.bank import Bank
from tests.support.stripe_api import StripeApi

BACK = "http://localhost:8000/back?session="


def press(bank: Bank, url: str, how: str):
    page = bank.client.get(url)
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    return bank.client.post(url, data={"csrfmiddlewaretoken": token, "how": how})


def state(api: StripeApi, session_id: str) -> tuple[str, str]:
    found = api.v1.checkout.sessions.retrieve(session_id)
    return found.status, found.payment_status


def test_payer_pays_and_is_sent_back_with_the_sessions_id(api: StripeApi, bank: Bank) -> None:
    session = api.session(customer_email="chenyu@example.com")
    page = bank.client.get(session.url)
    assert "Autumn oolong" in page.text
    assert "chenyu@example.com" in page.text
    assert "1,000.00" in page.text

    done = press(bank, session.url, "pay")

    assert (done.status_code, done.headers["Location"]) == (302, BACK + session.id)
    assert state(api, session.id) == ("complete", "paid")
    assert "There is nothing left to do here" in bank.client.get(session.url).text


def test_declined_payer_stays_on_the_page_and_tries_again(api: StripeApi, bank: Bank) -> None:
    session = api.session()

    declined = press(bank, session.url, "decline")

    assert declined.status_code == 200
    assert 'role="alert"' in declined.text
    assert state(api, session.id) == ("open", "unpaid")
    assert press(bank, session.url, "pay").status_code == 302
    assert state(api, session.id) == ("complete", "paid")


@pytest.mark.parametrize(
    ("answer", "outcome"), [("authenticate", ("complete", "paid")), ("not_me", ("open", "unpaid"))]
)
def test_three_d_secure_is_a_second_step(api: StripeApi, bank: Bank, answer: str, outcome: tuple[str, str]) -> None:
    session = api.session()

    asked = press(bank, session.url, "challenge")

    assert asked.status_code == 200
    assert "Is it you?" in asked.text
    assert state(api, session.id) == ("open", "unpaid")
    press(bank, session.url, answer)
    assert state(api, session.id) == outcome


@pytest.mark.parametrize(("how", "paid"), [("later", "paid"), ("fail_later", "unpaid")])
def test_delayed_payer_goes_back_before_the_money_is_there(api: StripeApi, bank: Bank, how: str, paid: str) -> None:
    session = api.session()
    done = press(bank, session.url, how)
    assert done.headers["Location"] == BACK + session.id
    outcome = f"checkout.session.async_payment_{'succeeded' if paid == 'paid' else 'failed'}"
    deadline = time.monotonic() + 10
    while not api.events(outcome):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    assert state(api, session.id) == ("complete", paid)


def test_slow_page_keeps_the_payer_waiting_and_not_the_money(api: StripeApi, bank: Bank) -> None:
    session = api.session()
    began = time.monotonic()
    assert press(bank, session.url, "slow").status_code == 302
    assert time.monotonic() - began > 1.5
    assert state(api, session.id) == ("complete", "paid")


def test_payer_who_cancels_goes_back_and_may_return(api: StripeApi, bank: Bank) -> None:
    session = api.session()
    assert press(bank, session.url, "cancel").headers["Location"] == "http://localhost:8000/cancelled"
    assert state(api, session.id) == ("open", "unpaid")


def test_pressing_twice_pays_once(api: StripeApi, bank: Bank) -> None:
    session = api.session()
    page = bank.client.get(session.url)
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    for _ in range(2):
        assert bank.client.post(session.url, data={"csrfmiddlewaretoken": token, "how": "pay"}).status_code == 302
    assert api.lines() == [("charge", 100_000, 2_930)]


def test_expired_session_cannot_be_paid_and_says_so(api: StripeApi, bank: Bank) -> None:
    session = api.session()
    page = bank.client.get(session.url)
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    api.v1.checkout.sessions.expire(session.id)

    late = bank.client.post(session.url, data={"csrfmiddlewaretoken": token, "how": "pay"})

    assert late.status_code == 409
    assert "The time to pay is over" in late.text
    assert api.lines() == []


@pytest.mark.parametrize(("plan", "paid"), [("error_500_before", False), ("error_500_after", True), ("decline", False)])
def test_page_breaks_as_planned(api: StripeApi, bank: Bank, plan: str, paid: bool) -> None:
    session = api.session()
    bank.fault("stripe.checkout_session.pay", plan)
    broken = press(bank, session.url, "pay")
    assert broken.status_code == (200 if plan == "decline" else 500)
    assert state(api, session.id) == (("complete", "paid") if paid else ("open", "unpaid"))


def test_unknown_buttons_and_sessions_do_nothing(api: StripeApi, bank: Bank) -> None:
    session = api.session()
    assert press(bank, session.url, "bargain").status_code == 400
    assert bank.client.post(session.url, data={"how": "pay"}).status_code == 403
    assert bank.client.get("/c/pay/cs_test_nobody").status_code == 404
    assert bank.client.get("/setup/acctlink_nobody").status_code == 404
    assert state(api, session.id) == ("open", "unpaid")


def test_pages_speak_chinese(api: StripeApi, bank: Bank) -> None:
    assert "待刷卡付款" in bank.client.get(api.session().url, params={"lang": "zh-hans"}).text
    link = {"type": "account_onboarding", "account_onboarding": {"refresh_url": "http://localhost:8000/"}}
    url = api.client.v2.core.account_links.create({"account": api.account(onboarded=False), "use_case": link}).url
    assert "款项付到哪里" in bank.client.get(url, params={"lang": "zh-hans"}).text


def test_desk_shows_the_acquirers_balance_sessions_and_statement(api: StripeApi, bank: Bank) -> None:
    api.charge()
    session = api.session(client_reference_id="ctr_waits")
    account = api.account()
    api.transfer(account, 60_000, charge=api.charge().id)

    desk = bank.client.get("/").text
    assert "1,341.40" in desk
    assert f"/c/pay/{session.id}" in desk
    statement = bank.client.get("/statement", params={"payee": "acquirer"}).text
    assert "970.70" in statement
    assert f'<option value="{account}"' in statement
    hers = bank.client.get("/statement", params={"payee": account}).text
    assert "600.00" in hers
    assert "1,341.40" not in hers
