"""From the draft to the contract, by two programs."""

from marketplace.contracts.models import Contract
from marketplace.core.models import Event
from tests.factories.deals import sign_as
from tests.factories.market import Market
from tests.factories.programs import program
from tests.factories.tasks import written
from tests.web.conftest import rolled_back


def test_two_programs_make_a_deal_and_people_sign_it(market: Market):
    with rolled_back():
        merchant, anchor = program(market.people["merchant"]), program(market.people["other_anchor"])
        plain = written(price_model="quote_range")
        days = {name: plain[name].isoformat() for name in ("apply_by", "publish_from", "publish_until")}
        fee = {"amount_minor": plain.pop("fee_minor"), "currency": "CNY"}
        body = plain | days | {"fee": fee, "fee_max": {"amount_minor": 2_000_000, "currency": "CNY"}}
        task = merchant.post("tasks", body).json()
        assert merchant.post(f"tasks/{task['id']}/submit").json()["state"] == "open"
        seen = anchor.get(f"tasks/{task['id']}").json()
        assert (seen["own"], seen["fee"]) == (None, fee)
        quote = {"amount_minor": 1_500_000, "currency": "CNY"}
        application = anchor.post(f"tasks/{task['id']}/applications", {"message": "Yes.", "quote": quote}).json()
        path = f"applications/{application['id']}"
        assert merchant.get(path).json()["quote"] == quote
        offer = merchant.post(f"{path}/offers", {"terms": {"fee": quote}, "message": "So be it."}).json()
        assert offer["terms"]["extra_round"] == {"amount_minor": 150_000, "currency": "CNY"}  # it follows the fee
        rounds = {"terms": {"revision_rounds": 1, "extra_round": {"amount_minor": 99_900, "currency": "CNY"}}}
        counter = anchor.post(f"{path}/offers/{offer['id']}/counter", rounds).json()
        assert (counter["terms"]["fee"], counter["terms"]["revision_rounds"]) == (quote, 1)
        assert counter["terms"]["extra_round"]["amount_minor"] == 99_900
        stale = merchant.post(f"{path}/offers/{offer['id']}/accept")
        assert (stale.status_code, stale.json()["code"]) == (409, "offer_moved")
        agreed = merchant.post(f"{path}/offers/{counter['id']}/accept").json()
        assert agreed["state"] == "accepted"
        assert [one["state"] for one in merchant.get(f"{path}/offers").json()["data"]] == ["countered", "accepted"]
        contract = merchant.get(f"contracts/{agreed['contract']}").json()
        assert (contract["terms"]["fee"], contract["state"]) == (quote, "signing")
        documents = anchor.get(f"contracts/{agreed['contract']}/documents").json()["data"]
        assert [one["governs"] for one in documents] == [True, False]
        sign_as(market.people["merchant"], Contract.objects.get(public_id=agreed["contract"]))
        proof = anchor.get(f"contracts/{agreed['contract']}/proof").json()
        assert (proof["holds"], [one["signed_at"] is not None for one in proof["signers"]]) == (True, [True, False])
        assert set(Event.objects.filter(aggregate=application["id"]).values_list("source", flat=True)) == {"api"}
