"""In a house that is paid, and pays, by transfer: what a payer is told, and where a payee names her account."""

import pytest

from marketplace.bank_rail.selectors import get_rail_payee, pay_in_of
from marketplace.notifications.models import Notice
from marketplace.payments.models import Funding, PayoutAccount
from tests.db.bank_rail.conftest import desk, rail
from tests.factories.payees import with_second_factor
from tests.factories.people import Person, make_owner
from tests.factories.rail import CARD
from tests.support.relay import relay_all
from tests.web.test_earnings import browser

__all__ = ["desk", "rail"]
ENGLISH = {"accept-language": "en"}


@pytest.fixture
def anchor(desk) -> Person:
    return with_second_factor(make_owner("anchor", "Xia Wei"))


@pytest.fixture
def at_the_form(client, anchor):
    """She has opened her account from the page of her accounts."""
    page = browser(client, anchor).post("/earnings/account/", {"provider": "bank_rail"})
    assert page["Location"] == "http://localhost:8000/earnings/account/bank/"
    return client


def named() -> PayoutAccount:
    return PayoutAccount.objects.get(provider="bank_rail")


def test_a_payer_is_told_where_to_transfer_what_with_which_words(client, desk):
    merchant = make_owner()
    form = {"currency": "CNY", "amount": "1,200.00", "key": "once"}
    sent = browser(client, merchant).post("/wallet/top-up/", form)
    funding = Funding.objects.get()
    assert sent["Location"] == f"http://localhost:8000/wallet/in/{funding.public_id}/"
    code = pay_in_of(funding.public_id).code
    page = client.get(f"/wallet/in/{funding.public_id}/", headers=ENGLISH).text
    for told in ("Transfer CNY 1,200.00 to us", code, "泊台科技有限公司", "中国银行上海分行", "4563510100881234567"):
        assert told in page
    relay_all()
    notice = Notice.objects.get(kind="transfer_awaited")
    assert (notice.user, notice.facts["words"]) == (merchant.user, code)
    desk.says((120_000, code))
    relay_all()
    paid = client.get(f"/wallet/in/{funding.public_id}/", headers=ENGLISH).text
    assert "It is in your wallet." in paid
    assert "4563510100881234567" not in paid


def test_a_stranger_sees_neither(client, desk, anchor):
    browser(client, make_owner()).post("/wallet/top-up/", {"currency": "CNY", "amount": "1,200.00", "key": "once"})
    funding = Funding.objects.get()
    assert browser(client, make_owner("brand", "Harbour Home")).get(funding.pay_url).status_code == 404
    assert browser(client, anchor).get("/earnings/account/bank/").status_code == 404


def test_a_payee_names_her_account_and_its_number_is_never_shown(at_the_form):
    client, form = at_the_form, {"holder": "Xia Wei", "bank_name": "招商银行", "number": "6222 0212 3456 7890 128"}
    assert "Which account do we transfer to?" in client.get("/earnings/account/bank/", headers=ENGLISH).text
    assert client.post("/earnings/account/bank/", form)["Location"] == "/earnings/account/"
    account = named()
    assert (account.last4, account.holder, account.payouts_enabled) == (CARD[-4:], "Xia Wei", True)
    pages = [client.get(path, headers=ENGLISH).text for path in ("/earnings/account/", "/earnings/account/bank/")]
    assert "•••• 0128" in pages[0]
    assert "What you earn in CNY" in pages[0]
    assert not any(CARD in page or "6222 0212" in page for page in pages)
    assert CARD not in get_rail_payee(account.public_id).sealed_number


def test_a_number_with_a_slip_changes_nothing_and_loses_nothing(at_the_form):
    form = {"holder": "Xia Wei", "bank_name": "招商银行", "number": "6222 0212 3456 7890 129"}
    answer = at_the_form.post("/earnings/account/bank/", form, headers=ENGLISH)
    assert answer.status_code == 422
    assert "This is not the number of an account." in answer.text
    assert "招商银行" in answer.text
    assert (named().last4, named().payouts_enabled) == ("", False)


def test_without_a_second_factor_the_account_stays_as_it_is(at_the_form, anchor):
    anchor.user.authenticator_set.all().delete()
    form = {"holder": "Xia Wei", "bank_name": "招商银行", "number": CARD}
    assert at_the_form.post("/earnings/account/bank/", form)["Location"] == "/accounts/2fa/"
    assert named().last4 == ""


def test_an_account_with_somebody_who_is_no_provider_here_is_no_account(client, anchor):
    assert browser(client, anchor).post("/earnings/account/", {"provider": "elsewhere"}).status_code == 404
    assert not PayoutAccount.objects.exists()
