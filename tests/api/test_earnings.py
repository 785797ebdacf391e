"""What a payee earns, as a program reads it: the figures of the page, and nobody else's."""

import pytest

from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.payments.models import Transfer
from tests.factories.market import Market
from tests.factories.payees import released
from tests.factories.people import make_member
from tests.factories.programs import Program, program
from tests.web.conftest import rolled_back

PATHS = ("earnings", "earnings/transfers", "earnings/payouts", "earnings/statement")


@pytest.fixture
def anchor(market: Market):
    """Beside the market's payout of 50.00: 1,200.00 on hold and 300.00 on its way."""
    with rolled_back():
        merchant, person = market.people["merchant"], market.people["anchor"]
        [held] = released(merchant, (person.party, 120_000))
        released(merchant, (person.party, 30_000))
        until = clock.in_(days=7)
        Transfer.objects.filter(pk=held.pk).update(state="on_hold", hold="objection", held_until=until)
        yield program(person)


def cny(minor: int) -> dict[str, object]:
    return {"amount_minor": minor, "currency": "CNY"}


def test_purses_by_currency_and_place(anchor: Program):
    found = anchor.get("earnings").json()
    [purse] = found["purses"]
    held = purse.pop("holds")
    assert purse == {
        "currency": "CNY",
        "available": cny(0),
        "released": cny(30_000),
        "held": cny(120_000),
        "moving": cny(5_000),
        "back": cny(0),
        "paid": cny(0),
    }
    assert [(one["amount"], one["reason"]) for one in held] == [(cny(120_000), "objection")]
    assert held[0]["until"].endswith("Z")
    assert found["next_run"] > clock.now().isoformat()


def test_transfers_say_where_each_is_and_why_it_waits(anchor: Program, market: Market):
    rows = anchor.get("earnings/transfers").json()["data"]
    said = [(one["amount"], one["state"], one["place"], one["hold"], one["payout"]) for one in rows]
    assert said == [
        (cny(30_000), "pending", "released", None, None),
        (cny(120_000), "on_hold", "hold", "objection", None),
        (cny(5_000), "done", "transit", None, market.ids["payout"]),
    ]
    assert [one["held_until"] is not None for one in rows] == [False, True, False]
    first = anchor.get("earnings/transfers?limit=2").json()
    rest = anchor.get(f"earnings/transfers?limit=2&cursor={first['next']}").json()
    assert ([*first["data"], *rest["data"]], rest["next"]) == (rows, None)


def test_a_payout_is_its_transfers(anchor: Program, market: Market):
    [line] = anchor.get("earnings/payouts").json()["data"]
    whole = anchor.get(f"earnings/payouts/{market.ids['payout']}").json()
    transfers = whole.pop("transfers")
    assert whole == line
    assert (line["amount"], line["state"], line["last4"], line["tries"]) == (cny(5_000), "pending", "8002", 1)
    assert [(one["amount"], one["payout"]) for one in transfers] == [(cny(5_000), market.ids["payout"])]


def test_the_statement_of_a_month(anchor: Program):
    found = anchor.get("earnings/statement").json()
    assert [(one["what"], one["amount"]) for one in found["lines"]] == [
        ("released", cny(5_000)),
        ("released", cny(120_000)),
        ("released", cny(30_000)),
    ]
    assert anchor.get(f"earnings/statement?month={found['month']}").json() == found
    empty = anchor.get("earnings/statement?month=2024-02").json()
    assert (empty["month"], empty["lines"]) == ("2024-02", [])
    assert empty["begins"] < empty["ends"]


@pytest.mark.parametrize("month", ["", "2026", "2026-13", "2026-00", "november", "2026-1", "２０26-01"])
def test_a_month_that_is_none_is_refused(anchor: Program, month):
    response = anchor.get(f"earnings/statement?month={month}")
    assert (response.status_code, [one["field"] for one in response.json()["errors"]]) == (422, ["month"])


def test_for_owners_and_finance_people_of_payees(anchor: Program, market: Market):
    may = {Role.OWNER: 200, Role.FINANCE: 200, Role.MANAGER: 403, Role.MEMBER: 403, Role.VIEWER: 403}
    paths = (*PATHS, f"earnings/payouts/{market.ids['payout']}")
    for role, status in may.items():
        who = program(make_member(market.people["anchor"].party, role))
        assert {who.get(path).status_code for path in paths} == {status}
    merchants = program(make_member(market.people["merchant"].party, Role.FINANCE))
    assert {merchants.get(path).status_code for path in paths} == {404}


def test_another_payee_sees_nothing_of_it(anchor: Program, market: Market):
    other = program(market.people["other_anchor"])
    assert other.get("earnings").json()["purses"] == []
    for path in ("earnings/transfers", "earnings/payouts"):
        assert other.get(path).json() == {"data": [], "next": None}
    assert other.get("earnings/statement").json()["lines"] == []
    assert other.get(f"earnings/payouts/{market.ids['payout']}").status_code == 404


def test_nothing_is_written_here(anchor: Program, market: Market):
    for path in (*PATHS, f"earnings/payouts/{market.ids['payout']}"):
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            assert anchor.ask(path, method, {}).status_code == 405
