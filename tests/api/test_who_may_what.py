"""Every operation as nobody, as a program without its scope, as strangers of both sides, and as whoever may do it.

A line an operation: its ids, who may, and the answers for the other merchant, the other anchor, the other side of the
deal, and who may. An operation that is not in the table fails, and so does a line whose operation is gone.
"""

from datetime import timedelta

import pytest
from django.urls import reverse

from marketplace.accounts.scopes import Scope
from marketplace.core import clock
from marketplace.core.models import Event
from marketplace.ledger.models import Journal
from tests.api.routes import routes
from tests.factories.market import Market
from tests.factories.programs import Program, program
from tests.web.conftest import rolled_back

TABLE = """
# operation           ids                may       merchant2 anchor2  other-side  right
getMe                 -                  merchant  200       200      200         200
getAnchor             anchor             merchant  200       200      200         200
getMerchant           merchant           anchor    200       200      200         200
getAnchorRecord       anchor             merchant  200       200      200         200
getMerchantRecord     merchant           anchor    200       200      200         200
listCampaigns         -                  merchant  200       200      200         200
listTasks             -                  anchor    200       200      200         200
createTask            -                  merchant  201       404      404         201
listOwnTasks          -                  merchant  200       200      200         200
getTask               draft_task         merchant  404       404      404         200
writeTask             draft_task         merchant  404       404      404         200
submitTask            draft_task         merchant  404       404      404         200
takeBackTask          in_review_task     merchant  404       404      404         200
pauseTask             open_task          merchant  404       404      404         200
resumeTask            paused_task        merchant  404       404      404         200
closeTask             open_task          merchant  404       404      404         200
reopenTask            closed_task        merchant  404       404      404         200
extendTask            open_task          merchant  404       404      404         200
duplicateTask         open_task          merchant  404       404      404         201
reserveTaskBudget     open_task          merchant  404       404      404         200
listApplications      -                  anchor    200       200      200         200
listTaskApplications  sought_task        merchant  404       404      404         200
apply                 open_task          anchor    403       201      403         201
invite                open_task          merchant  404       404      404         200
getApplication        applied            merchant  404       404      200         200
withdrawApplication   applied            anchor    404       404      403         200
declineApplication    applied            merchant  404       404      409         200
shortlistApplication  applied            merchant  404       404      403         200
waitlistApplication   applied            merchant  404       404      403         200
unlistApplication     shortlisted        merchant  404       404      403         200
listOffers            offered            merchant  404       404      200         200
makeOffer             applied            merchant  404       404      403         201
counterOffer          offered,offer      anchor    404       404      409         201
acceptOffer           offered,offer      anchor    404       404      409         200
extendOffer           offered,offer      merchant  404       404      403         200
rescindOffer          offered,offer      merchant  404       404      403         200
listContracts         -                  merchant  200       200      200         200
getContract           contract           anchor    404       404      200         200
listContractDocuments contract           merchant  404       404      200         200
getSealedContract     running            merchant  404       404      200         200
proveContract         contract           merchant  404       404      404         404
listWork              running            anchor    404       404      200         200
getContractMoney      running            merchant  404       404      200         200
getWork               in_review_work     merchant  404       404      200         200
submitWork            planned_work       anchor    404       404      403         200
requestChanges        in_review_work     merchant  404       404      403         200
askForRound           round_work         merchant  404       404      403         200
takeRoundBack         round              merchant  404       404      403         200
approveWork           in_review_work     merchant  404       404      403         200
publishWork           approved_work      anchor    404       404      403         200
sendProofBack         published_work     merchant  404       404      403         200
verifyWork            published_work     merchant  404       404      403         200
getEnding             running            anchor    404       404      200         200
askToEnd              running            merchant  404       404      200         200
agreeToEnd            asked              anchor    404       404      403         200
refuseToEnd           asked              anchor    404       404      403         200
withdrawEndRequest    asked              merchant  404       404      403         200
callOffContract       unpaid             anchor    404       404      200         200
endForLateness        late               merchant  404       404      403         200
listDisputes          disputed           anchor    404       404      200         200
getDispute            dispute            merchant  404       404      200         200
openDispute           in_review_work     anchor    404       404      201         201
answerDispute         dispute            anchor    404       404      403         200
withdrawDispute       dispute            merchant  404       404      403         200
proposeSplit          mediated           anchor    404       404      200         200
acceptProposal        proposal           merchant  404       404      200         200
refuseProposal        proposal           anchor    404       404      200         200
acceptDecision        decided            anchor    404       404      200         200
appealDecision        decided            merchant  404       404      200         200
getEarnings           -                  anchor    404       200      404         200
listTransfers         -                  anchor    404       200      404         200
listPayouts           -                  anchor    404       200      404         200
getPayout             payout             anchor    404       404      404         200
getStatement          -                  anchor    404       200      404         200
listSavedSearches     -                  merchant  200       200      200         200
saveSearch            -                  merchant  201       201      201         201
getSavedSearch        search             merchant  404       404      404         200
renameSavedSearch     search             merchant  404       404      404         200
forgetSavedSearch     search             merchant  404       404      404         204
"""
ROWS = {line.split()[0]: line.split()[1:] for line in TABLE.strip().split("\n") if not line.startswith("#")}
OTHER_SIDE = {"merchant": "anchor", "anchor": "merchant"}


def bodies(market: Market) -> dict[str, dict]:
    """Always something that is right, so that only who sends it decides."""
    later = {"apply_by": (clock.today("Asia/Shanghai") + timedelta(days=8)).isoformat()}  # the merchants' own day
    return {
        "createTask": {"title": "Spring tea"},
        "writeTask": {"title": "Spring tea"},
        "reopenTask": later,
        "extendTask": later,
        "apply": {"message": "I drink it daily.", "quote": {"amount_minor": 1_500_000, "currency": "CNY"}},
        "invite": {"anchors": [market.ids["other_anchor"]]},
        "counterOffer": {"terms": {"fee": {"amount_minor": 1_300_000, "currency": "CNY"}}},
        "makeOffer": {},
        "submitWork": {"link": "https://example.org/draft"},
        "requestChanges": {"words": "Longer, please."},
        "askForRound": {"words": "Longer, please."},
        "publishWork": {"link": "https://example.org/out"},
        "sendProofBack": {"words": "It is not there."},
        "askToEnd": {"words": "Plans changed."},
        "endForLateness": {"words": "Nothing came."},
        "openDispute": {"words": "It is not what was agreed.", "anchor_bp": 2_500},
        "answerDispute": {"words": "It is.", "anchor_bp": 10_000},
        "proposeSplit": {"words": "Half of it.", "anchor_bp": 5_000},
        "appealDecision": {"words": "No."},
        "saveSearch": {"name": "Live", "filters": {"form": ["whole_live"]}},
        "renameSavedSearch": {"name": "Renamed"},
    }


def send(market: Market, who: Program, id_: str):
    route = routes()[id_]
    ids = [market.ids[one] for one in ROWS[id_][0].split(",") if one != "-"]
    return who.ask(reverse(f"api:{route.name}", args=ids), route.method, bodies(market).get(id_))


def facts() -> tuple[int, int]:
    return Event.objects.count(), Journal.objects.count()


def test_every_operation_is_in_the_table():
    assert set(ROWS) == set(routes())


def test_every_address_of_the_api_has_operations():
    assert {route.operation.scope for route in routes().values()} == set(Scope.values)


@pytest.mark.parametrize("id_", ROWS)
def test_nobody_is_asked_to_sign_in(market, id_):
    before = facts()
    for stranger in (Program(), Program("mooring_" + "a" * 52), Program("x")):
        response = send(market, stranger, id_)
        assert response.status_code == 401
        assert response["WWW-Authenticate"] == 'Bearer realm="Mooring"'
    assert facts() == before


@pytest.mark.parametrize("id_", ROWS)
def test_without_its_scope_a_token_does_nothing(market, id_):
    route = routes()[id_]
    with rolled_back():
        others = [scope for scope in Scope.values if scope != route.operation.scope]
        who = program(market.people[ROWS[id_][1]], *others)
        before = facts()
        response = send(market, who, id_)
        assert (response.status_code, response.json()["code"]) == (403, "insufficient_scope")
        assert f'scope="{route.operation.scope}"' in response["WWW-Authenticate"]
        assert facts() == before


@pytest.mark.parametrize("id_", ROWS)
def test_who_gets_what(market, id_):
    _ids, may, *expected = ROWS[id_]
    asked = ("other_merchant", "other_anchor", OTHER_SIDE[may], may)
    found = []
    for who in asked:
        with rolled_back():
            one = program(market.people[who], routes()[id_].operation.scope)
            before = facts()
            response = send(market, one, id_)
            found.append(response.status_code)
            if response.status_code >= 400:
                assert facts() == before
                assert response["Content-Type"] == "application/problem+json"
    assert dict(zip(asked, map(str, found), strict=True)) == dict(zip(asked, expected, strict=True))
