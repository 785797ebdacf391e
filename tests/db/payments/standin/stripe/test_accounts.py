"""Connected accounts over v2: opened, filled in on the hosted page, restricted, refused, closed."""

import pytest
import stripe

from tests.support.bank import Bank
from tests.support.stripe_api import ACCOUNT, StripeApi

ALL = {"include": ["configuration.recipient", "defaults", "identity", "requirements"]}


def status(api: StripeApi, account: str) -> str:
    found = api.accounts.retrieve(account, ALL)
    return found.configuration.recipient.capabilities.stripe_balance.stripe_transfers.status


def due(api: StripeApi, account: str) -> list[str]:
    return [entry.description for entry in api.accounts.retrieve(account, ALL).requirements.entries]


def hosted(api: StripeApi, account: str, kind: str = "account_onboarding") -> str:
    ways = {"refresh_url": "http://localhost:8000/again", "return_url": "http://localhost:8000/done"}
    use_case = {"type": kind, kind: ways}
    return api.client.v2.core.account_links.create({"account": account, "use_case": use_case}).url


def press(bank: Bank, url: str, how: str, **fields: str):
    """A browser without scripts: fetch the form, send it back."""
    page = bank.client.get(url)
    token = page.text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    return bank.client.post(url, data={"csrfmiddlewaretoken": token, "how": how, **fields})


HERS = {"holder": "Xia Wei", "bank_name": "Harbour Bank", "number": "6228480012345678002"}


def test_account_is_opened_with_what_is_still_due(api: StripeApi) -> None:
    made = api.accounts.create(ACCOUNT)

    assert made.id.startswith("acct_")
    assert (made.dashboard, made.contact_email, made.applied_configurations) == (
        "express",
        "xia@example.com",
        ["recipient"],
    )
    assert made.metadata.to_dict() == {"party": "pty_1"}
    assert (made.identity.country, made.defaults.currency) == ("us", "usd")
    assert made.defaults.responsibilities.losses_collector == "application"
    assert status(api, made.id) == "restricted"
    assert "identity.individual.given_name" in due(api, made.id)
    assert api.balance(made.id) == (0, 0)


def test_parts_that_were_not_asked_for_are_null(api: StripeApi) -> None:
    found = api.accounts.retrieve(api.account())
    assert (found.configuration, found.identity, found.requirements, found.defaults) == (None, None, None, None)
    some = api.accounts.retrieve(found.id, {"include": ["requirements"]})
    assert some.requirements.entries == []
    assert some.identity is None


def test_hosted_page_finished_makes_transfers_active(api: StripeApi, bank: Bank) -> None:
    account = api.account(onboarded=False)
    url = hosted(api, account)

    done = press(bank, url, "finish", **HERS)

    assert done.headers["Location"] == "http://localhost:8000/done"
    assert status(api, account) == "active"
    assert due(api, account) == []
    again = bank.client.get(url)
    assert (again.status_code, again.headers["Location"]) == (302, "http://localhost:8000/again")


def test_hosted_page_left_halfway_leaves_the_rest_due(api: StripeApi, bank: Bank) -> None:
    account = api.account(onboarded=False)

    left = press(bank, hosted(api, account), "leave")

    assert left.headers["Location"] == "http://localhost:8000/done"
    assert status(api, account) == "restricted"
    assert due(api, account) == [
        "identity.attestations.terms_of_service.account",
        "configuration.recipient.default_outbound_destination",
    ]


def test_papers_that_are_wanted_later_restrict_when_they_do_not_come(api: StripeApi, bank: Bank) -> None:
    account = api.account(onboarded=False)
    press(bank, hosted(api, account), "papers_later", **HERS)

    assert status(api, account) == "active"
    assert due(api, account) == ["identity.individual.documents.primary_verification"]
    bank.advance(14 * 24 * 3600 + 1)
    wait_until(lambda: status(api, account) == "restricted")

    press(bank, hosted(api, account, "account_update"), "finish", **HERS)
    assert status(api, account) == "active"


def test_refused_account_stays_refused(api: StripeApi, bank: Bank) -> None:
    account = api.account(onboarded=False)
    press(bank, hosted(api, account), "refuse")

    found = api.accounts.retrieve(account, ALL)
    transfers = found.configuration.recipient.capabilities.stripe_balance.stripe_transfers
    assert (transfers.status, transfers.status_details[0].code) == ("rejected", "rejected_other")
    assert found.requirements.entries == []


@pytest.mark.parametrize(
    "fields", [{**HERS, "holder": " "}, {**HERS, "number": "6228480012345678003"}, {**HERS, "number": ""}]
)
def test_hosted_page_takes_no_account_that_cannot_be_one(api: StripeApi, bank: Bank, fields: dict) -> None:
    account = api.account(onboarded=False)
    url = hosted(api, account)

    refused = press(bank, url, "finish", **fields)

    assert refused.status_code == 400
    assert fields["number"] not in refused.text or not fields["number"]
    assert status(api, account) == "restricted"
    assert press(bank, url, "finish", **HERS).status_code == 302  # the link is not used up


def test_link_lives_for_minutes(api: StripeApi, bank: Bank) -> None:
    url = hosted(api, api.account(onboarded=False))
    bank.advance(301)
    late = bank.client.get(url)
    assert (late.status_code, late.headers["Location"]) == (302, "http://localhost:8000/again")


def test_link_leads_back_to_known_origins_only(api: StripeApi) -> None:
    account = api.account(onboarded=False)
    use_case = {"type": "account_onboarding", "account_onboarding": {"refresh_url": "https://evil.example/"}}
    with pytest.raises(stripe.InvalidRequestError):
        api.client.v2.core.account_links.create({"account": account, "use_case": use_case})


def test_account_is_updated_and_closed(api: StripeApi) -> None:
    account = api.account()
    changed = api.accounts.update(account, {"display_name": "Xia W.", "metadata": {"party": "", "new": "1"}})
    assert (changed.display_name, changed.metadata.to_dict()) == ("Xia W.", {"new": "1"})

    closed = api.accounts.close(account, {"applied_configurations": ["recipient"]})

    assert closed.closed is True
    assert status(api, account) == "restricted"


@pytest.mark.parametrize(
    "change",
    [
        {"identity": {"country": "usa"}},
        {"defaults": {"currency": "xxx"}},
        {"nickname": "x"},
        {"display_name": 5},
        {"configuration": {"merchant": {"mcc": "5734"}}},
    ],
)
def test_account_with_a_wrong_parameter_is_refused(api: StripeApi, change: dict) -> None:
    with pytest.raises(stripe.InvalidRequestError) as refusal:
        api.accounts.create({**ACCOUNT, **change})
    assert refusal.value.http_status == 400


def test_login_link_leads_to_her_own_statement(api: StripeApi, bank: Bank) -> None:
    charge, account = api.charge(), api.account()
    api.transfer(account, 60_000, charge=charge.id)

    page = bank.client.get(api.v1.accounts.login_links.create(account).url)

    assert page.status_code == 200
    assert "600.00" in page.text
    with pytest.raises(stripe.InvalidRequestError):
        api.v1.accounts.login_links.create(api.account(onboarded=False))


def wait_until(condition) -> None:
    import time

    deadline = time.monotonic() + 10
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_list_of_accounts_goes_on_page_by_page_without_those_that_are_closed(api: StripeApi) -> None:
    made = [api.account(onboarded=False) for _ in range(5)]
    api.accounts.close(made[2], {"applied_configurations": ["recipient"]})

    first = api.accounts.list({"limit": 2, "applied_configurations": ["recipient"]})
    assert [account.id for account in first.data] == [made[4], made[3]]
    assert [account.id for account in first.auto_paging_iter()] == [made[4], made[3], made[1], made[0]]
    assert [account.id for account in api.accounts.list({"closed": True}).data] == [made[2]]
    with pytest.raises(stripe.InvalidRequestError, match="between 1 and 100"):
        api.accounts.list({"limit": 101})


def test_bank_account_outside_is_told_without_its_number(api: StripeApi, bank: Bank) -> None:
    account = api.account(onboarded=False)
    outside = api.v1.accounts.external_accounts
    assert outside.list(account, {"object": "bank_account"}).data == []

    bank.onboard(account, **HERS)
    [found] = outside.list(account).data
    assert (found.account_holder_name, found.bank_name, found.last4) == ("Xia Wei", "Harbour Bank", "8002")
    named = api.accounts.retrieve(account, ALL).configuration.recipient.default_outbound_destination
    assert named.id == found.id
    before = found.fingerprint
    bank.onboard(account, **(HERS | {"holder": "Somebody Else"}))
    assert outside.list(account).data[0].fingerprint == before
    assert outside.list(account, {"object": "card"}).data == []
    with pytest.raises(stripe.InvalidRequestError, match="There is no account acct_nobody"):
        outside.list("acct_nobody")
