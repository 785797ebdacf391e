"""The page on which a payee names her account: checked, used once, and never shown again."""

import httpx
import pytest

from tests.support.bank import Bank

CARD = "6228 4800 1234 5678 002"
OTHER_CARD = "6228480099990000004"
IBAN = "DE89 3704 0044 0532 0130 00"


def link_of(bank: Bank, payee: dict) -> str:
    answer = bank.post(f"/api/payees/{payee['id']}/links", {"return_url": "http://localhost:8000/payout-account/back/"})
    return answer.raise_for_status().json()["url"]


def typed(url: str, *, seen: str = "", **fields: str) -> httpx.Response:
    """The form sent to `url`, from a page that was opened while `seen` (or itself) still took something."""
    with httpx.Client(trust_env=False) as browser:
        page = browser.get(seen or url)
        token = page.text.partition('name="csrfmiddlewaretoken" value="')[2].partition('"')[0]
        form = {
            "holder": "Xia Wei",
            "bank_name": "Harbour Bank",
            "number": CARD,
            "csrfmiddlewaretoken": token,
            **fields,
        }
        return browser.post(url, data=form)


@pytest.mark.parametrize(("number", "last4"), [(CARD, "8002"), (IBAN, "3000")])
def test_only_the_last_four_digits_leave_the_bank(bank: Bank, number: str, last4: str) -> None:
    payee = bank.payee(named=False)
    assert (payee["payouts_enabled"], payee["last4"]) == (False, "")

    answer = typed(link_of(bank, payee), number=number)

    assert answer.status_code == 302
    assert answer.headers["location"] == "http://localhost:8000/payout-account/back/"
    now = bank.get(f"/api/payees/{payee['id']}").json()
    assert (now["payouts_enabled"], now["last4"], now["holder"]) == (True, last4, "Xia Wei")
    bare = number.replace(" ", "")
    assert bare not in bank.get(f"/api/payees/{payee['id']}").text
    assert bare not in str(bank.events())
    with bank.connect() as connection:
        stored = connection.execute("SELECT row_to_json(p)::text FROM standin_payee p").fetchall()
    assert bare not in str(stored)
    assert [event["type"] for event in bank.events()] == ["payee.created", "payee.updated"]


@pytest.mark.parametrize("number", ["", "99", "6228480012345678003", "DE89370400440532013001", "٦٢٢٨٤٨٠٠١٢٣٤٥٦٧٨٠٠٢"])
def test_a_number_that_no_account_can_have_is_refused_and_never_sent_back(bank: Bank, number: str) -> None:
    payee = bank.payee(named=False)
    url = link_of(bank, payee)

    answer = typed(url, number=number, holder="Xia Wei 夏")

    assert answer.status_code == 400
    assert "Xia Wei 夏" in answer.text
    assert not number or number not in answer.text
    assert bank.get(f"/api/payees/{payee['id']}").json() == payee
    assert typed(url).status_code == 302


def test_a_link_works_once_and_for_a_quarter_of_an_hour(bank: Bank) -> None:
    payee = bank.payee(named=False)
    used, late, spare = (link_of(bank, payee) for _ in range(3))

    assert typed(used).status_code == 302
    assert typed(used, seen=spare, number=OTHER_CARD).status_code == 409
    bank.advance(15 * 60 + 1)
    assert typed(late, seen=link_of(bank, payee), number=OTHER_CARD).status_code == 409
    with httpx.Client(trust_env=False) as browser:
        assert "This link is over" in browser.get(late).text

    assert bank.get(f"/api/payees/{payee['id']}").json()["last4"] == "8002"


def test_the_same_number_has_the_same_fingerprint_whoever_names_it(bank: Bank) -> None:
    one, two = bank.payee("pty_1"), bank.payee("pty_2")
    other = bank.name_account(bank.payee("pty_3", named=False)["id"], number=OTHER_CARD)

    assert one["fingerprint"] == two["fingerprint"] != other["fingerprint"]


def test_payees_are_found_by_reference_and_made_once_per_key(bank: Bank) -> None:
    body = {"reference": "pty_1", "label": "Xia Wei"}
    first = bank.post("/api/payees", body, key="k").json()

    assert bank.post("/api/payees", body, key="k").json() == first
    assert bank.get("/api/payees", reference="pty_1").json()["data"] == [first]
    assert bank.get("/api/payees/pye_nobody").status_code == 404


def test_the_way_back_leads_only_to_known_origins(bank: Bank) -> None:
    payee = bank.payee(named=False)

    answer = bank.post(f"/api/payees/{payee['id']}/links", {"return_url": "https://evil.example/"})

    assert answer.status_code == 400
