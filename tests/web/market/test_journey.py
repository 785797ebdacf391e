"""The way from a draft to a signed contract through the pages alone, as two people press their buttons."""

import re

import pytest
from django.test import Client

from marketplace.campaigns.models import Application, VTask
from marketplace.contracts.models import Contract
from marketplace.notifications.models import Notice
from tests.factories.tasks import make_anchor, make_merchant, written
from tests.factories.world import BACKEND, give_password_now
from tests.support.relay import relay_all

pytestmark = pytest.mark.django_db


def browser(person) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(person.user, backend=BACKEND)
    give_password_now(client, person.user)
    return client


@pytest.fixture
def merchant():
    return make_merchant()


@pytest.fixture
def anchor():
    return make_anchor()


def post(client: Client, path: str, **fields):
    response = client.post(path, fields)
    assert response.status_code == 302, response.content.decode()[-3000:]
    return response


def text(response) -> str:
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def steps() -> dict[str, dict]:
    plain = written()
    day = {name: plain[name].isoformat() for name in ("apply_by", "publish_from", "publish_until")}
    rows = {"d-TOTAL_FORMS": "3", "d-INITIAL_FORMS": "2", "d-MIN_NUM_FORMS": "0", "d-MAX_NUM_FORMS": "6"}
    for number, one in enumerate(plain["deliverables"]):
        rows |= {
            f"d-{number}-kind": one["kind"],
            f"d-{number}-title": one["title"],
            f"d-{number}-due_on": one["due_on"],
            f"d-{number}-share": str(one["share_bp"] // 100),
        }
    return {
        "job": {
            "title": plain["title"],
            "form": "video",
            "mode": "open_call",
            "category": "home",
            "campaign_name": "Autumn",
        },
        "brief": {"goal": plain["goal"], "platforms": ["douyin"], "disclosure": "Ad", "do": "Brew it\nTaste it"},
        "dates": day | rows | {"d-2-kind": "video", "revision_rounds": "2", "review_days": "3", "stay_up_days": "30"},
        "price": {
            "seats": "1",
            "price_model": "fixed",
            "currency": "CNY",
            "fee": "12,000.00",
            "rights_months": "6",
            "governing_language": "en",
        },
        "people": {"min_followers": "1000"},
    }


def publish(merchant) -> VTask:
    client = browser(merchant)
    where = post(client, "/v-tasks/new/")["Location"]
    task = VTask.objects.get()
    assert where == f"/v-tasks/{task.public_id}/edit/job/"
    for name, fields in steps().items():
        assert client.get(f"/v-tasks/{task.public_id}/edit/{name}/").status_code == 200
        post(client, f"/v-tasks/{task.public_id}/edit/{name}/", **fields)
    assert "Ready to hand in" in text(client.get(f"/v-tasks/{task.public_id}/edit/check/"))
    post(client, f"/v-tasks/{task.public_id}/", act="submit")
    task.refresh_from_db()
    assert task.state == "open"
    return task


def test_from_a_draft_to_a_contract_that_both_signed(merchant, anchor):
    task = publish(merchant)
    hers, theirs = browser(anchor), browser(merchant)
    assert task.title in text(hers.get("/tasks/"))
    page = text(hers.get(f"/tasks/{task.public_id}/"))
    assert "You can apply" in page
    assert "12,000.00" in page

    post(hers, f"/tasks/{task.public_id}/apply/", message="I drink it daily.")
    application = Application.objects.get()
    at = f"/applications/{application.public_id}/"
    assert anchor.party.name in text(theirs.get(f"/v-tasks/{task.public_id}/candidates/"))
    assert "I drink it daily." in text(theirs.get(at))

    post(theirs, f"{at}offer/", **offer_fields(theirs, at))
    post(hers, f"{at}offer/", **offer_fields(hers, at, fee="13,000.00"))
    said = text(theirs.get(at))
    assert "CNY 12,000.00" in said
    assert "CNY 13,000.00 is on the table" in said
    offer = application.offers.get(state="open")
    where = post(theirs, at, act="accept", offer=offer.public_id)["Location"]

    contract = Contract.objects.get()
    assert where == f"/contracts/{contract.public_id}/"
    for client in (hers, theirs):
        assert "CONTRACT MO-" in text(client.get(where))
        form = client.get(f"{where}sign/")
        digest = re.search(r'name="document" value="([0-9a-f]{64})"', form.content.decode())[1]
        post(client, f"{where}sign/", document=digest, read="on")
    contract.refresh_from_db()
    assert contract.state == "awaiting_funds"
    assert "The words are those that were signed." in text(Client().get(f"/proof/{contract.public_id}/"))


def offer_fields(client: Client, at: str, **changed: str) -> dict[str, str]:
    """What the form holds, as a browser would send it."""
    page = client.get(f"{at}offer/").content.decode()
    fields = dict(re.findall(r'<input[^>]*name="([a-z_0-9]+)"[^>]*value="([^"]*)"', page))
    fields |= {name: value for value, name in re.findall(r'<input[^>]*value="([^"]*)"[^>]*name="([a-z_0-9]+)"', page)}
    for name in ("csrfmiddlewaretoken", "acting_party", "q"):
        fields.pop(name, None)
    return {name: value for name, value in fields.items() if name != "paid_use"} | {"message": ""} | changed


def test_what_is_valid_is_kept_even_when_the_rest_is_not(merchant):
    client = browser(merchant)
    post(client, "/v-tasks/new/")
    task = VTask.objects.get()
    at = f"/v-tasks/{task.public_id}/edit"
    response = client.post(f"{at}/price/", steps()["price"] | {"fee": "a lot", "seats": "3"})
    assert response.status_code == 422
    assert "a lot" in response.content.decode()
    task.refresh_from_db()
    assert (task.seats, task.fee_minor) == (3, 0)


def test_a_step_saves_itself_and_draws_the_card_anew(merchant):
    client = browser(merchant)
    post(client, "/v-tasks/new/")
    task = VTask.objects.get()
    response = client.post(
        f"/v-tasks/{task.public_id}/edit/job/", {"title": "Half a ti"}, headers={"hx-request": "true"}
    )
    assert "Half a ti" in response.content.decode()
    assert "Saved at" in response.content.decode()
    task.refresh_from_db()
    assert task.title == "Half a ti"


def test_who_is_not_eligible_reads_what_is_missing(merchant):
    task = publish(merchant)
    newcomer = make_anchor("New Face", channels=[])
    page = text(browser(newcomer).get(f"/tasks/{task.public_id}/"))
    assert "A channel on Douyin" in page
    assert "Add the channel to the anchor file." in page
    refused = browser(newcomer).post(f"/tasks/{task.public_id}/apply/", {"message": "Me!"})
    assert refused.status_code == 422
    assert "Still missing: A channel on Douyin" in text_of(refused)


def text_of(response) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_the_hall_finds_a_two_letter_chinese_word_and_keeps_filters_in_the_address(merchant):
    task = publish(merchant)
    VTask.objects.filter(pk=task.pk).update(title="秋茶上市，直播间里泡一壶")
    assert "秋茶上市" in text(Client().get("/tasks/", {"q": "秋茶"}))
    assert "秋茶上市" not in text(Client().get("/tasks/", {"q": "春茶"}))
    assert "秋茶上市" in text(
        Client().get("/tasks/?category=home&form=video&platform=douyin&currency=CNY&fee_from=12000")
    )
    assert "秋茶上市" not in text(Client().get("/tasks/?currency=CNY&fee_from=12001"))
    for forged in (
        "category=nothing",
        "sort=;drop",
        "publish_from=yesterday",
        "after=x",
        "fee_from=-1",
        "form=" + "x" * 500,
    ):
        assert "秋茶上市" in text(Client().get(f"/tasks/?{forged}"))


def test_a_saved_search_mails_once_a_task(merchant, anchor):
    post(browser(anchor), "/searches/", query="q=oolong&category=home")
    publish(merchant)
    relay_all()
    notice = Notice.objects.get(user=anchor.user, kind="search_matched")
    assert notice.facts["name"] == "oolong · Home and living"
    relay_all()
    assert Notice.objects.filter(kind="search_matched").count() == 1
