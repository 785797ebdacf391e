"""The pages of standing by: the bench, the absence, the call, another anchor by agreement."""

from datetime import timedelta

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from marketplace.campaigns.models import Standby, StandbyCall
from marketplace.contracts.models import Absence, Amendment, Handover
from marketplace.core import clock
from tests.factories.standby import live_with_bench
from tests.factories.world import BACKEND, give_password_now
from tests.support.relay import relay_all
from tests.web.conftest import rolled_back


@pytest.fixture
def deal(world):
    with rolled_back():
        yield live_with_bench(1_000_000, 1_300_000)


def browser(person):
    client = Client(headers={"accept-language": "en"})
    client.force_login(person.user, backend=BACKEND)
    give_password_now(client, person.user)
    return client


def read(person, name: str, *args: str) -> str:
    response = browser(person).get(reverse(name, args=args))
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def post(person, name: str, arg: str, **body: str):
    return browser(person).post(reverse(name, args=[arg]), body)


def test_the_bench_is_ranked_from_its_page(deal):
    task, merchant = deal.task.public_id, deal.merchant
    page = read(merchant, "bench", task)
    assert page.index("1. Standby 0") < page.index("2. Standby 1")
    assert "at most CNY 10,000.00" in page
    first = deal.bench[0][1].public_id
    assert post(merchant, "bench", task, act="down", application=first).status_code == 302
    assert "1. Standby 1" in read(merchant, "bench", task)
    assert post(merchant, "bench", task, act="put", application=first, cap="8,500.50").status_code == 302
    assert "at most CNY 8,500.50" in read(merchant, "bench", task)
    wrong = post(merchant, "bench", task, act="put", application=first, cap="much")
    assert wrong.status_code == 422
    assert 'value="much"' in wrong.content.decode()
    assert post(merchant, "bench", task, act="off", application=first).status_code == 302
    assert Standby.objects.filter(task=deal.task).count() == 1
    assert reverse("bench", args=[task]) in read(merchant, "candidates", task)


def test_whoever_stands_by_reads_it_and_steps_back(deal):
    hers, application = deal.bench[0]
    page = read(hers, "application", application.public_id)
    assert "You stand by" in page
    assert "You stand by" not in read(deal.merchant, "application", application.public_id)
    assert post(hers, "application", application.public_id, act="leave_bench").status_code == 302
    assert not Standby.objects.filter(application=application).exists()
    assert "You stand by" not in read(hers, "application", application.public_id)


def test_an_absence_goes_from_the_merchants_word_to_another_anchors_contract(deal):
    work = deal.live.public_id
    link = reverse("absence", args=[work])
    assert link not in read(deal.merchant, "work", work)
    with time_machine.travel(deal.hour, tick=True):
        assert link in read(deal.merchant, "work", work)
        day = (clock.today() + timedelta(days=2)).isoformat()
        assert post(deal.merchant, "absence", work, act="report", words="", again_on=day).status_code == 422
        said = {"act": "report", "words": "Nobody <b>came</b>.", "again_on": day}
        assert post(deal.merchant, "absence", work, **said).status_code == 302
        relay_all()
        page = read(deal.anchor, "absence", work)
        assert "Nobody &lt;b&gt;came&lt;/b&gt;." in page
        assert "I was there" in page
        assert "A word to it" in page
        assert "I was there" not in read(deal.merchant, "absence", work)
        assert post(deal.anchor, "absence", work, act="was_not", words="Ill.").status_code == 302
        relay_all()
        assert "End the contract" in read(deal.merchant, "absence", work)
        call = StandbyCall.objects.get(application__task=deal.task)
        hers = deal.bench[0][0]
        page = read(hers, "standby-call", call.public_id)
        assert "Take it over" in page
        assert "CNY 10,000.00" in page
        assert "Take it over" not in read(deal.merchant, "standby-call", call.public_id)
        taken = post(hers, "standby-call", call.public_id, act="accept")
        assert taken["Location"] == reverse(
            "contract", args=[Handover.objects.get(contract=deal.contract).successor.public_id]
        )
        assert "The contract waits for all signatures." in read(hers, "standby-call", call.public_id)
        assert post(hers, "standby-call", call.public_id, act="accept").status_code == 302
        assert "Takes over" in read(deal.merchant, "bench", deal.task.public_id)


def test_it_is_taken_back_or_ended_on_the_same_page(deal):
    work = deal.live.public_id
    with time_machine.travel(deal.hour, tick=True):
        day = clock.today().isoformat()
        for act in ("withdraw", "end"):
            assert post(deal.merchant, "absence", work, act="report", words="Late.", again_on=day).status_code == 302
            if act == "end":
                refused = post(deal.merchant, "absence", work, act="end")
                assert refused.status_code == 409
                post(deal.anchor, "absence", work, act="was_not")
            assert post(deal.merchant, "absence", work, act=act).status_code == 302
    assert list(Absence.objects.filter(deliverable=deal.live).order_by("id").values_list("state", flat=True)) == [
        *("withdrawn", "settled")
    ]
    deal.contract.refresh_from_db()
    assert deal.contract.state == "cancelled"


def test_another_anchor_is_proposed_from_the_contract(deal):
    contract = deal.contract.public_id
    link = reverse("substitute", args=[contract])
    assert link in read(deal.merchant, "amend", contract)
    assert link not in read(deal.anchor, "amend", contract)
    page = read(deal.merchant, "substitute", contract)
    assert "Standby 0" in page
    assert "CNY 12,000.00" in page
    body = {"application": deal.bench[0][1].public_id, "again_on": deal.live.due_on.isoformat(), "words": "She is ill."}
    too_much = post(deal.merchant, "substitute", contract, fee="12,000.01", **body)
    assert too_much.status_code == 422
    assert "She is ill." in too_much.content.decode()
    response = post(deal.merchant, "substitute", contract, fee="11,000", **body)
    change = Amendment.objects.get(contract=deal.contract)
    assert response["Location"] == reverse("amendment", args=[change.public_id])
    assert "Standby 0" in read(deal.anchor, "amendment", change.public_id)
    again = post(deal.merchant, "substitute", contract, fee="11,000", **body)
    assert again.status_code in {409, 422}
