"""The pages of what a payee earns."""

from datetime import timedelta

import pytest
import time_machine

from marketplace.accounts.freeze_link import freeze_path
from marketplace.core import clock
from marketplace.core.timers.fire import fire_due
from marketplace.payments.models import Funding, Payout, PayoutGuard, Transfer
from marketplace.payments.views.earnings import safe
from tests.factories.payees import payee, released, topped_up, with_second_factor
from tests.factories.people import Person, make_owner
from tests.factories.world import BACKEND, give_password_now
from tests.support.bank import Bank
from tests.support.relay import relay_all
from tests.support.sides import StripeSide

PART = 120_000


@pytest.fixture
def at_bank(bank: Bank, settings) -> Bank:
    settings.STANDIN_URL = settings.STANDIN_PUBLIC_URL = bank.url
    settings.STANDIN_SECRET = bank.secret
    settings.STANDIN_WEBHOOK_SECRETS = list(bank.webhook_secrets)
    settings.SITE_URL = "http://localhost:8000"
    return bank


@pytest.fixture
def anchor(committed_db) -> Person:
    return make_owner("anchor", "Xia Wei")


def browser(client, person: Person):
    client.force_login(person.user, backend=BACKEND)
    give_password_now(client, person.user)
    return client


def test_nothing_yet(client, anchor):
    page = browser(client, anchor).get("/earnings/", headers={"accept-language": "en"})
    assert page.status_code == 200
    assert "Nothing has been released yet" in page.text
    assert "Where shall we pay you?" in page.text
    chinese = client.get("/earnings/", headers={"accept-language": "zh-hans"})
    assert "还没有放款" in chinese.text


def test_without_a_second_factor_she_is_told_how_to_get_one(client, anchor):
    page = browser(client, anchor).get("/earnings/account/", headers={"accept-language": "en"})
    assert "First a second factor" in page.text
    answer = client.post("/earnings/account/")
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/2fa/")


def test_from_naming_an_account_to_a_payout(client, at_bank, anchor):
    merchant = make_owner()
    page = browser(client, with_second_factor(anchor)).post("/earnings/account/")
    assert page["Location"].startswith(f"{at_bank.url}/payee/lnk_")
    payee(at_bank, anchor)
    topped_up(at_bank, merchant, 1_000_000)
    released(merchant, (anchor.party, PART))
    relay_all()
    held = browser(client, anchor).get("/earnings/", headers={"accept-language": "en"})
    assert "The first payout to a new payee waits 7 days" in held.text
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        fire_due()
        relay_all()
        browser(client, anchor)
        page = client.get("/earnings/", headers={"accept-language": "en"})
        assert "Pay out CNY 1,200.00 now" in page.text.replace("\u00a0", " ")
        form = client.get("/earnings/pay-out/?currency=CNY", headers={"accept-language": "en"})
        assert "ends in 8002" in form.text
        body = {"currency": "CNY", "key": "form-1"}
        answers = [client.post("/earnings/pay-out/", body) for _ in range(2)]
        payout = Payout.objects.get()
        assert {answer["Location"] for answer in answers} == {f"/earnings/payouts/{payout.public_id}/"}
        assert (payout.state, payout.amount_minor, payout.asked_by) == ("in_transit", PART, anchor.user)
        assert client.get(answers[0]["Location"]).status_code == 200
        at_bank.settle_payout(payout.provider_payout)
        month = f"{clock.today(anchor.party.time_zone):%Y-%m}"
        assert client.get(f"/earnings/statement/?month={month}").status_code == 200


def test_the_statement_of_a_month_as_a_file(client, at_bank, anchor):
    merchant = make_owner()
    topped_up(at_bank, merchant, 1_000_000)
    [transfer] = released(merchant, (anchor.party, PART))
    month = f"{clock.today(anchor.party.time_zone):%Y-%m}"
    file = browser(client, anchor).get(f"/earnings/statement.csv?month={month}", headers={"accept-language": "en"})
    heading, line = b"".join(file.streaming_content).decode("utf-8-sig").strip().splitlines()
    assert heading == "When,What,Number,Currency,Amount,What for"
    assert line.split(",")[1:] == ["Released to you", transfer.contract, "CNY", "1200.00", "Autumn oolong"]
    empty = client.get("/earnings/statement/?month=2001-02", headers={"accept-language": "en"})
    assert "Nothing in this month" in empty.text
    assert client.get("/earnings/statement/?month=nonsense").status_code == 200


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx"])
def test_no_cell_is_a_formula(cell):
    assert safe(cell) == f"'{cell}"


def test_a_link_freezes_also_signed_out_and_only_when_asked_to(client, anchor):
    PayoutGuard.objects.create(party=anchor.party, change="password")
    path = freeze_path(anchor.party.public_id)
    assert client.get(path).status_code == 200
    assert PayoutGuard.objects.get().frozen_at is None
    assert client.post(path).status_code == 200
    assert PayoutGuard.objects.get().frozen_at is not None
    assert client.post("/earnings/freeze/forged/").status_code == 404
    page = browser(client, anchor).get("/earnings/", headers={"accept-language": "en"})
    assert "Your payouts are frozen." in page.text


def test_another_payees_payout_does_not_exist(client, at_bank, anchor):
    other = browser(client, make_owner("anchor", "Somebody Else"))
    assert other.get("/earnings/payouts/pyo_of_somebody/").status_code == 404
    assert not Transfer.objects.exists()


def test_what_stripe_still_wants_is_said_in_words(client, bank, anchor):
    with StripeSide(bank).settings():
        page = browser(client, with_second_factor(anchor)).post("/earnings/account/")
        assert page["Location"].startswith(f"{bank.url}/setup/")
        english = client.get("/earnings/account/", headers={"accept-language": "en"}).text
        assert "The bank wants more of you." in english
        assert "name, date of birth, address · the bank account to pay to · your yes to its terms" in english
        assert "what is released waits for you here" in english
        chinese = client.get("/earnings/account/", headers={"accept-language": "zh-hans"}).text
        assert "收款的银行账户" in chinese
        bank.onboard(anchor.party.payout_accounts.get().provider_payee)
        done = client.get("/earnings/account/", headers={"accept-language": "en"}).text
        assert "The bank wants more of you." not in done
        assert "•••• 8002" in done


def test_a_currency_that_is_not_offered_is_refused_and_nothing_is_asked(client, bank, committed_db):
    merchant = make_owner()
    with StripeSide(bank).settings():
        browser(client, merchant)
        page = client.get("/wallet/top-up/", headers={"accept-language": "en"})
        assert 'value="USD"' in page.text
        assert 'value="CNY"' not in page.text
        answer = client.post("/wallet/top-up/", {"currency": "CNY", "amount": "100.00", "key": "k"})
        assert answer.status_code == 422
        assert not Funding.objects.exists()
