"""The bank's pages over plain HTTP: who may see them, what they show, and what a form may do."""

import csv
import io
import re

import httpx
import pytest

from tests.support.bank import Bank

DESK = ["/", "/statement", "/statement.csv", "/faults"]


@pytest.fixture
def browser(bank: Bank):
    with httpx.Client(base_url=bank.url, trust_env=False) as client:
        yield client


def press(browser: httpx.Client, page: str, target: str = "", **fields: str) -> httpx.Response:
    """Load a page and send one of its forms, token and all."""
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(page).text)[1]
    return browser.post(target or page, data=fields | {"csrfmiddlewaretoken": token})


@pytest.mark.parametrize("path", DESK)
def test_desk_is_for_this_machine_only(bank: Bank, browser: httpx.Client, path: str) -> None:
    assert browser.get(path).status_code == 200
    for header in ("X-Forwarded-For", "Forwarded", "X-Real-IP"):
        assert browser.get(path, headers={header: "203.0.113.9"}).status_code == 404


def test_unknown_host_is_refused(bank: Bank, browser: httpx.Client) -> None:
    assert browser.get("/statement", headers={"Host": "evil.example"}).status_code == 400


def test_pages_run_no_scripts_and_lead_back_only_to_known_origins(bank: Bank, browser: httpx.Client) -> None:
    policy = browser.get("/").headers["Content-Security-Policy"]

    assert policy == (
        "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
        f"form-action 'self' {' '.join(bank.return_origins)}; base-uri 'none'; frame-ancestors 'none'"
    )


def test_paying_twice_is_paying_once_and_leads_back(bank: Bank, browser: httpx.Client) -> None:
    page = f"/pay/{bank.checkout()['id']}"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(page).text)[1]

    answers = [browser.post(page, data={"how": "pay", "csrfmiddlewaretoken": token}) for _ in range(2)]

    assert [answer.status_code for answer in answers] == [302, 302]
    assert {answer.headers["Location"] for answer in answers} == {"http://localhost:8000/back"}
    assert len(bank.entries()) == 1


@pytest.mark.parametrize("how", ["decline", "cancel"])
def test_not_paying_leads_to_the_other_address(bank: Bank, browser: httpx.Client, how: str) -> None:
    checkout = bank.checkout()

    answer = press(browser, f"/pay/{checkout['id']}", how=how)

    assert answer.headers["Location"] == "http://localhost:8000/cancelled"
    assert bank.get(f"/api/checkouts/{checkout['id']}").json()["status"].startswith(how)
    assert bank.entries() == []


def test_paying_slowly_is_accepted_first_and_settled_later(bank: Bank, browser: httpx.Client, receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    checkout = bank.checkout()

    answer = press(browser, f"/pay/{checkout['id']}", how="slowly")

    assert answer.headers["Location"] == "http://localhost:8000/back"
    receiver.wait_for("checkout.processing")
    receiver.wait_for("checkout.paid")
    assert bank.balance() == 100_000


def test_failing_after_accepting_charges_and_shows_an_error(bank: Bank, browser: httpx.Client) -> None:
    checkout = bank.checkout()

    answer = press(browser, f"/pay/{checkout['id']}", how="fail")

    assert answer.status_code == 500
    assert "Something broke at the bank" in answer.text
    assert bank.get(f"/api/checkouts/{checkout['id']}").json()["status"] == "paid"


def test_button_of_an_ended_checkout_shows_how_it_ended(bank: Bank, browser: httpx.Client) -> None:
    checkout = bank.checkout()
    page = f"/pay/{checkout['id']}"
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', browser.get(page).text)[1]
    bank.pay(checkout["id"], "decline")

    answer = browser.post(page, data={"how": "pay", "csrfmiddlewaretoken": token})

    assert answer.status_code == 409
    assert "Nothing was charged" in answer.text
    assert bank.entries() == []


def test_form_of_another_site_is_refused(bank: Bank, browser: httpx.Client) -> None:
    checkout = bank.checkout()

    answer = browser.post(f"/pay/{checkout['id']}", data={"how": "pay"})

    assert answer.status_code == 403
    assert bank.entries() == []


def test_planned_fault_reaches_the_pay_page(bank: Bank, browser: httpx.Client) -> None:
    checkout = bank.checkout()
    bank.fault("checkout.pay", "refuse_connect")

    assert press(browser, f"/pay/{checkout['id']}", how="pay").status_code == 503
    assert press(browser, f"/pay/{checkout['id']}", how="pay").status_code == 302


def test_language_follows_the_browser_and_then_the_choice(bank: Bank, browser: httpx.Client) -> None:
    page = f"/pay/{bank.checkout()['id']}"

    assert 'lang="zh-hans"' in browser.get(page, headers={"Accept-Language": "zh-CN,zh;q=0.9"}).text[:60]
    assert 'lang="en"' in browser.get(page, headers={"Accept-Language": "fr"}).text[:60]
    browser.get(page, params={"lang": "zh-hans"})
    assert 'lang="zh-hans"' in browser.get(page).text[:60]
    assert set(browser.cookies) <= {"bank_language", "bank_csrf"}


def test_what_a_merchant_calls_itself_is_only_text(bank: Bank, browser: httpx.Client) -> None:
    page = browser.get(f"/pay/{bank.checkout(payer_label='<script>x</script>', description='{{ 7 }}')['id']}").text

    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "{{ 7 }}" in page


def test_statement_shows_lines_totals_and_pages(bank: Bank, browser: httpx.Client) -> None:
    assert "No money has come in yet." in browser.get("/statement").text
    for number in range(52):
        bank.paid(amount_minor=100, reference=f"ctr_{number}")

    newest = browser.get("/statement").text
    older = browser.get("/statement?" + re.search(r'href="\?(before=\d+)" rel="next"', newest)[1]).text

    assert newest.count("chg_") == 50
    assert older.count("chg_") == 2
    assert "52.00" in newest
    assert "ctr_0<" in older
    assert "ctr_0<" not in newest


def test_statement_is_narrowed_by_currency_and_reference(bank: Bank, browser: httpx.Client) -> None:
    bank.paid(reference="a")
    bank.paid(reference="b", currency="JPY", amount_minor=7)

    assert browser.get("/statement", params={"currency": "JPY"}).text.count("chg_") == 1
    assert browser.get("/statement", params={"reference": "a"}).text.count("chg_") == 1
    assert "No line has" in browser.get("/statement", params={"reference": "a", "currency": "JPY"}).text
    for junk in ("?before=x", "?before=99999999999999999999", "?currency=%00", "?reference=%00"):
        assert browser.get(f"/statement{junk}").status_code == 200


def test_csv_is_the_statement_and_runs_nothing(bank: Bank, browser: httpx.Client) -> None:
    charge = bank.paid(reference="=HYPERLINK(1)")["charge"]["id"]
    bank.refund(charge, 2_500)

    answer = browser.get("/statement.csv")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))

    assert answer.headers["Content-Disposition"] == 'attachment; filename="statement.csv"'
    assert [row["amount"] for row in rows] == ["1000.00", "-25.00"]
    assert [row["balance"] for row in rows] == ["1000.00", "975.00"]
    assert rows[0]["reference"] == "'=HYPERLINK(1)"


def test_fault_desk_plans_clears_and_moves_the_clock(bank: Bank, browser: httpx.Client) -> None:
    fields = {"operation": "refund.create", "action": "timeout_after", "argument": "9", "skip": "1", "count": "2"}
    assert press(browser, "/faults", "/faults/set", **fields).status_code == 302
    (rule,) = bank._lever("GET", "/_faults")["data"]
    assert (rule["argument"], rule["skip"], rule["count"]) == (9, 1, 2)

    refused = press(browser, "/faults", "/faults/set", **fields | {"argument": "many"})
    assert refused.status_code == 400
    assert 'role="alert"' in refused.text

    press(browser, "/faults", "/clock/advance", seconds="86400")
    assert bank._lever("GET", "/_clock")["ahead_seconds"] == 86_400

    press(browser, "/faults", "/faults/clear")
    assert bank._lever("GET", "/_faults")["data"] == []


def test_webhook_is_sent_again_on_request(bank: Bank, browser: httpx.Client, receiver) -> None:
    bank.point_webhooks_at(receiver.url)
    bank.fault("webhook", "lose")
    bank.checkout()
    (lost,) = bank.deliveries()
    assert lost["status"] == "lost"

    press(browser, "/faults", f"/deliveries/{lost['id']}/send")

    receiver.wait_for("checkout.created")
