"""What a body may not set is refused by its name, and stays what it was."""

import pytest
from django.forms.models import model_to_dict

from marketplace.campaigns.models import Application, Offer, VTask
from tests.factories.market import Market
from tests.factories.programs import program
from tests.web.conftest import rolled_back

TASK_COLUMNS = {field.name for field in VTask._meta.concrete_fields} | {"own", "merchant", "funded", "seats_left"}
WRITABLE = {
    *("title", "form", "mode", "category", "goal", "audience", "selling_points", "do", "avoid", "references"),
    *("mandatory_words", "disclosure", "platforms", "samples", "apply_by", "publish_from", "publish_until"),
    *("live_start", "live_minutes", "room_link", "deliverables", "revision_rounds", "review_days", "stay_up_days"),
    *("seats", "price_model", "cps_bp", "gift", "holdback_bp", "min_followers", "regions", "languages"),
    *("same_category", "verified_channel", "rights_where", "rights_months", "paid_use", "governing_language"),
    "campaign",
    "products",
}


@pytest.mark.parametrize("name", sorted(TASK_COLUMNS - WRITABLE))
def test_a_column_of_a_task_that_nobody_writes(market: Market, name):
    with rolled_back():
        who = program(market.people["merchant"])
        task = VTask.objects.get(public_id=market.ids["draft_task"])
        before = model_to_dict(task)
        for response in (who.patch(f"tasks/{task.public_id}", {name: 1}), who.post("tasks", {name: 1})):
            assert response.status_code == 422
            assert [(one["field"], one["code"]) for one in response.json()["errors"]] == [(name, "unknown_field")]
        task.refresh_from_db()
        assert model_to_dict(task) == before


@pytest.mark.parametrize(
    ("path", "body", "refused"),
    [
        ("tasks/{open_task}/applications", {"message": "x", "state": "accepted"}, "state"),
        ("tasks/{open_task}/applications", {"message": "x", "by_party": "{merchant}"}, "by_party"),
        ("applications/{applied}/shortlist", {"lane": "accepted"}, "lane"),
        ("applications/{offered}/offers/{offer}/accept", {"answers": "x"}, "answers"),
        ("applications/{applied}/offers", {"terms": {"currency": "USD"}}, "terms.currency"),
        ("applications/{applied}/offers", {"terms": {"time_zone": "UTC"}}, "terms.time_zone"),
        ("applications/{applied}/offers", {"expires_at": "2030-01-01T00:00:00Z"}, "expires_at"),
        ("tasks/{open_task}/reserve-budget", {"amount_minor": 1}, "amount_minor"),
        ("saved-searches", {"name": "x", "filters": {"q": "x", "sort": "fee"}}, "filters.sort"),
        ("saved-searches", {"name": "x", "filters": {}, "user": "x"}, "user"),
    ],
)
def test_nothing_is_set_through_a_move(market: Market, path, body, refused):
    with rolled_back():
        before = facts()
        for who in ("merchant", "anchor"):
            response = program(market.people[who]).post(path.format(**market.ids), body)
            assert response.status_code == 422
            assert refused in [one["field"] for one in response.json()["errors"]]
        assert facts() == before


def facts() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (Application, Offer, VTask)]


def test_what_is_written_is_what_is_kept(market: Market):
    """Each writable field, there and back."""
    with rolled_back():
        who = program(market.people["merchant"])
        task = who.get(f"tasks/{market.ids['open_task']}").json()
        body = {name: task[name] for name in WRITABLE - {"campaign", "room_link"}} | {
            "campaign": "Autumn",
            "room_link": "https://example.com/room",
            "live_start": "2030-05-01T12:00:00Z",
            "fee": {"amount_minor": 100, "currency": "JPY"},
            "fee_max": {"amount_minor": 300, "currency": "JPY"},
        }
        draft = who.patch(f"tasks/{market.ids['draft_task']}", body).json()
        kept = {name: draft[name] for name in body if name not in {"campaign", "room_link"}}
        assert kept == {name: value for name, value in body.items() if name in kept}
        assert draft["own"]["campaign"]["name"] == "Autumn"
        assert draft["own"]["room_link"] == "https://example.com/room"
        mixed = {"fee": {"amount_minor": 1, "currency": "JPY"}, "fee_max": {"amount_minor": 2, "currency": "CNY"}}
        found = who.patch(f"tasks/{market.ids['draft_task']}", mixed).json()
        assert [one["code"] for one in found["errors"]] == ["currency_is_fixed"]
