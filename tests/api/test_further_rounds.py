"""A further round of changes over the API: asked for and taken back; it is paid on the pages."""

from marketplace.accounts.scopes import Scope
from marketplace.contracts.models import ExtraRound
from marketplace.core.models import Event
from tests.factories.programs import program
from tests.web.conftest import rolled_back


def test_asked_for_seen_by_both_and_taken_back(market):
    scopes = (Scope.CONTRACTS_READ, Scope.WORK_WRITE)
    merchant, anchor = (program(market.people[who], *scopes) for who in ("merchant", "anchor"))
    work = f"work/{market.ids['round_work']}"
    with rolled_back():
        answer = merchant.post(f"{work}/further-rounds", {"words": "Longer, please."})
        assert answer.status_code == 200
        (asked,) = answer.json()["further_rounds"]
        assert (asked["state"], asked["words"], asked["paid_at"]) == ("asked", "Longer, please.", None)
        assert asked["price"] == {"amount_minor": 120_000, "currency": "CNY"}
        assert asked["pays"] == {"amount_minor": 126_360, "currency": "CNY"}
        assert anchor.get(work).json()["further_rounds"] == [asked]
        assert anchor.get(work).json()["state"] == "submitted"
        back = merchant.post(f"rounds/{asked['id']}/take-back").json()
        assert [one["state"] for one in back["further_rounds"]] == ["withdrawn"]
        again = merchant.post(f"rounds/{asked['id']}/take-back")
        assert (again.status_code, again.json()["code"]) == (409, "illegal_transition")


def test_with_free_rounds_left_there_is_none(market):
    merchant = program(market.people["merchant"], Scope.WORK_WRITE)
    before = (Event.objects.count(), ExtraRound.objects.count())
    answer = merchant.post(f"work/{market.ids['in_review_work']}/further-rounds", {"words": "Longer."})
    assert (answer.status_code, answer.json()["code"]) == (409, "no_further_round")
    assert (Event.objects.count(), ExtraRound.objects.count()) == before
