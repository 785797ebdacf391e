"""Ending a contract early and disputing a piece of it, by programs of both sides, to the cent."""

import pytest

from marketplace.contracts.models import Cancellation, Contract, Deliverable, Dispute
from marketplace.core.actor import Role, StaffRole
from marketplace.core.models import Event
from marketplace.ledger.models import Journal
from tests.factories.disputes import decided
from tests.factories.funded import handed_in
from tests.factories.market import Market
from tests.factories.people import make_member, make_staff
from tests.factories.programs import Program, program
from tests.web.conftest import rolled_back


@pytest.fixture
def sides(market: Market):
    with rolled_back():
        yield program(market.people["merchant"]), program(market.people["anchor"])


def cny(minor: int) -> dict[str, object]:
    return {"amount_minor": minor, "currency": "CNY"}


def facts() -> list:
    rows = [list(model.objects.order_by("pk").values()) for model in (Contract, Deliverable, Cancellation, Dispute)]
    return [*rows, Event.objects.count(), Journal.objects.count()]


def refused(who: Program, path: str, body: object = None) -> tuple[int, str]:
    before = facts()
    response = who.post(path, body)
    assert facts() == before
    return response.status_code, response.json()["code"]


def test_what_it_costs_is_read_then_fixed_then_carried_out(sides, market):
    """Of 12,000.00 a script of 2,400.00 is handed in, and paid in full; of the other 9,600.00 a tenth is owed."""
    merchant, anchor = sides
    contract = Contract.objects.get(public_id=market.ids["asked"])
    path = f"contracts/{contract.public_id}/ending"
    anchor.post(f"{path}/refuse")
    handed_in(market.people["anchor"], contract, 1)
    shown = merchant.get(path).json()
    assert (shown["state"], shown["acts"]) == ("active", ["ask"])
    assert shown["cost"] == {
        "stage": "funded",
        "rate_bp": 1_000,
        "in_full": cny(240_000),
        "to_anchor_side": cny(336_000),
        "platform_fee_and_vat": cny(17_808),
        "back_to_merchant": cny(909_792),
    }
    asked = merchant.post(f"{path}/ask", {"words": " Plans changed. "}).json()
    assert (asked["state"], asked["acts"]) == ("cancel_requested", ["withdraw"])
    assert asked["cost"] == shown["cost"] | {"in_full": None}
    request = asked["requests"][0]
    assert (request["words"], request["side"], request["state"]) == ("Plans changed.", "merchant", "requested")
    assert (request["stage"], request["rate_bp"], request["kill_fee"]) == ("funded", 1_000, cny(336_000))
    assert anchor.get(path).json()["acts"] == ["agree", "refuse"]
    assert refused(merchant, f"{path}/ask", {"words": "Again."})[0] == 409
    ended = anchor.post(f"{path}/agree").json()
    assert (ended["state"], ended["acts"], ended["cost"]) == ("cancelled", [], None)
    assert [one["state"] for one in ended["requests"]] == ["agreed", "refused"]
    money = anchor.get(f"contracts/{contract.public_id}/money").json()
    assert (money["back_to_merchant"], money["platform_fee_and_vat"]) == (cny(909_792), cny(17_808))
    assert (money["protected"], money["balanced"]) == (cny(0), True)
    assert contract.releases.get(why="kill_fee").gross_minor == 336_000


def test_an_anchor_who_asks_is_owed_only_what_is_out(sides, market):
    _merchant, anchor = sides
    cost = anchor.get(f"contracts/{market.ids['running']}/ending").json()["cost"]
    assert (cost["stage"], cost["rate_bp"]) == ("anchor_asks", 0)
    assert (cost["in_full"], cost["to_anchor_side"]) == (cny(0), cny(0))
    assert cost["back_to_merchant"] == cny(1_263_600)


def test_a_request_is_refused_or_taken_back_and_the_contract_goes_on(sides, market):
    merchant, anchor = sides
    path = f"contracts/{market.ids['asked']}/ending"
    assert refused(merchant, f"{path}/agree") == (403, "forbidden")
    assert refused(anchor, f"{path}/withdraw") == (403, "forbidden")
    went_on = anchor.post(f"{path}/refuse").json()
    assert (went_on["state"], went_on["acts"]) == ("active", ["ask"])
    assert refused(anchor, f"{path}/refuse")[0] == 409
    merchant.post(f"{path}/ask", {"words": "Once more."})
    back = merchant.post(f"{path}/withdraw").json()
    assert [one["state"] for one in back["requests"]] == ["withdrawn", "refused"]


def test_lateness_costs_nothing_and_ends_at_once(sides, market):
    merchant, anchor = sides
    path = f"contracts/{market.ids['late']}/ending"
    shown = merchant.get(path).json()
    assert (shown["acts"], shown["cost"]["stage"]) == (["end_late"], "anchor_late")
    assert (shown["cost"]["to_anchor_side"], shown["cost"]["back_to_merchant"]) == (cny(0), cny(1_263_600))
    assert refused(anchor, f"{path}/end-late", {"words": "x"}) == (403, "forbidden")
    other = f"contracts/{market.ids['running']}/ending/end-late"
    assert refused(merchant, other, {"words": "x"}) == (409, "not_late_enough")
    assert merchant.post(f"{path}/end-late", {"words": "Nothing came."}).json()["state"] == "cancelled"
    money = merchant.get(f"contracts/{market.ids['late']}/money").json()
    assert (money["back_to_merchant"], money["protected"]) == (cny(1_263_600), cny(0))


def test_before_it_is_paid_it_is_called_off(sides, market):
    merchant, _anchor = sides
    path = f"contracts/{market.ids['unpaid']}/ending"
    shown = merchant.get(path).json()
    assert (shown["state"], shown["acts"], shown["cost"]) == ("awaiting_funds", ["call_off"], None)
    assert refused(merchant, f"contracts/{market.ids['running']}/ending/call-off")[0] == 409
    assert merchant.post(f"{path}/call-off").json()["state"] == "cancelled"


def test_only_owners_and_managers_end_or_dispute(sides, market):
    for role in (Role.FINANCE, Role.MEMBER, Role.VIEWER):
        who = program(make_member(market.people["merchant"].party, role))
        running = f"contracts/{market.ids['running']}/ending"
        assert who.get(running).status_code == 403
        assert refused(who, f"{running}/ask", {"words": "x"}) == (403, "forbidden")
        dispute = {"words": "x", "anchor_bp": 0}
        assert refused(who, f"work/{market.ids['in_review_work']}/dispute", dispute) == (403, "forbidden")


def test_a_dispute_from_its_opening_to_the_answer(sides, market):
    merchant, anchor = sides
    work = market.ids["in_review_work"]
    opened = merchant.post(f"work/{work}/dispute", {"words": "Not it.", "anchor_bp": 2_500}, Idempotency_Key="d1")
    again = merchant.post(f"work/{work}/dispute", {"words": "Not it.", "anchor_bp": 2_500}, Idempotency_Key="d1")
    assert (opened.status_code, again.content, again["Idempotency-Replayed"]) == (201, opened.content, "true")
    dispute = opened.json()
    assert (dispute["work"], dispute["side"], dispute["state"]) == (work, "merchant", "awaiting_reply")
    assert (dispute["amount"], dispute["anchor_bp"], dispute["reply_bp"]) == (cny(240_000), 2_500, None)
    path = f"disputes/{dispute['id']}"
    assert refused(merchant, f"{path}/answer", {"words": "x", "anchor_bp": 0}) == (403, "forbidden")
    assert refused(anchor, f"{path}/withdraw") == (403, "forbidden")
    answered = anchor.post(f"{path}/answer", {"words": "It is.", "anchor_bp": 10_000}).json()
    assert (answered["state"], answered["reply"], answered["reply_bp"]) == ("mediation", "It is.", 10_000)
    assert refused(anchor, f"{path}/answer", {"words": "x", "anchor_bp": 0})[0] == 409
    assert refused(merchant, f"work/{market.ids['planned_work']}/dispute", {"words": "x", "anchor_bp": 0})[0] == 409
    listed = anchor.get(f"contracts/{market.ids['running']}/disputes").json()
    assert listed == {"data": [anchor.get(path).json()], "next": None}
    assert merchant.post(f"{path}/withdraw").json()["state"] == "withdrawn"
    assert merchant.get(f"contracts/{market.ids['running']}").json()["state"] == "active"


def test_a_split_is_proposed_accepted_decided_and_appealed(sides, market):
    merchant, anchor = sides
    path = f"disputes/{market.ids['mediated']}"
    shown = merchant.post(f"{path}/propose", {"words": "Half of it.", "anchor_bp": 5_000}).json()
    assert [(one["side"], one["anchor_bp"], one["state"]) for one in shown["proposals"]] == [
        ("merchant", 0, "replaced"),
        ("anchor", 8_000, "standing"),
        ("mediator", 6_000, "standing"),
        ("merchant", 5_000, "standing"),
    ]
    own, mediators = shown["proposals"][-1]["id"], shown["proposals"][2]["id"]
    assert refused(merchant, f"proposals/{own}/accept") == (403, "forbidden")
    assert refused(merchant, f"proposals/{own}/refuse") == (403, "forbidden")
    assert refused(merchant, f"proposals/{shown['proposals'][0]['id']}/accept")[0] == 403
    accepted = anchor.post(f"proposals/{mediators}/accept").json()
    assert (accepted["state"], accepted["proposals"][2]["anchor_accepted_at"] is not None) == ("proposal", True)
    assert refused(anchor, f"proposals/{mediators}/refuse") == (409, "already_answered")
    assert merchant.post(f"proposals/{mediators}/refuse").json()["state"] == "mediation"
    decided(make_staff(StaffRole.OPERATIONS), Dispute.objects.get(public_id=market.ids["mediated"]), 4_000)
    first = merchant.post(f"{path}/accept-decision").json()
    assert (first["state"], first["decided"], first["decided_bp"], first["final_bp"]) == (
        *("decided", "staff", 4_000),
        None,
    )
    assert refused(merchant, f"{path}/appeal", {"words": "No."}) == (409, "already_answered")
    appealed = anchor.post(f"{path}/appeal", {"words": "More."}).json()
    assert (appealed["state"], [one["words"] for one in appealed["appeals"]]) == ("appealed", ["More."])
    assert refused(merchant, f"{path}/accept-decision")[0] == 409


@pytest.mark.parametrize(
    ("path", "body", "field"),
    [
        ("contracts/{running}/ending/ask", {"words": "x", "kill_fee_minor": 0}, "kill_fee_minor"),
        ("contracts/{running}/ending/ask", {"words": "x", "side": "anchor"}, "side"),
        ("contracts/{running}/ending/ask", {"words": " "}, "words"),
        ("contracts/{asked}/ending/agree", {"agree": False}, "agree"),
        ("contracts/{asked}/ending/refuse", {"agree": True}, "agree"),
        ("work/{in_review_work}/dispute", {"words": "x", "anchor_bp": 0, "amount_minor": 1}, "amount_minor"),
        ("work/{in_review_work}/dispute", {"words": "x", "anchor_bp": 10_001}, "anchor_bp"),
        ("work/{in_review_work}/dispute", {"words": "x", "anchor_bp": -1}, "anchor_bp"),
        ("disputes/{dispute}/answer", {"words": "x", "anchor_bp": 0, "decided_bp": 0}, "decided_bp"),
        ("disputes/{dispute}/answer", {"words": "x", "anchor_bp": "0"}, "anchor_bp"),
        ("disputes/{dispute}/propose", {"words": "x", "anchor_bp": 10_001}, "anchor_bp"),
        ("disputes/{dispute}/appeal", {"words": " "}, "words"),
        ("proposals/{proposal}/accept", {"anchor_bp": 0}, "anchor_bp"),
    ],
)
def test_nothing_else_is_set(sides, market, path, body, field):
    for who in sides:
        before = facts()
        response = who.post(path.format(**market.ids), body)
        assert (response.status_code, [one["field"] for one in response.json()["errors"]]) == (422, [field])
        assert facts() == before
