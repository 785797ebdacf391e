"""The room of a deal, walked through by both sides: one next move, one line, and forms that say what the money does."""

import pytest
from django.urls import reverse

from marketplace.contracts.models import Contract, Deliverable, Dispute, StayUpQuestion
from marketplace.contracts.selectors.money_line import money_line_of
from marketplace.contracts.services.cancelling import call_off
from marketplace.core import clock
from marketplace.payments.models import ApprovalLimit
from tests.factories.deals import sign_as
from tests.factories.funded import PROVIDER, arrived, asked_to_pay
from tests.support.relay import relay_all
from tests.web.conftest import rolled_back


@pytest.fixture
def contract(world):
    """Signed by the three sides, not paid: merchant (owner), anchor, her agency."""
    with rolled_back():
        found = Contract.objects.get(public_id=world.ids["contract"])
        for who in ("owner", "agency"):
            sign_as(world.people[who], found)
        found.refresh_from_db()
        yield found


@pytest.fixture
def running(world, contract):
    ApprovalLimit.objects.all().delete()  # no second person here
    arrived(asked_to_pay(world.people["owner"], contract))
    relay_all()
    contract.refresh_from_db()
    return contract


def page_of(world, who: str, name: str, *args: str) -> str:
    response = world.client(who).get(reverse(name, args=args))
    assert response.status_code == 200
    return response.content.decode()


def act(world, who: str, one: Deliverable, name: str, **data: object) -> int:
    return world.client(who).post(reverse("work", args=[one.public_id]), {"act": name, **data}).status_code


def test_each_side_reads_whose_move_it_is(world, contract):
    mine = page_of(world, "owner", "contract", contract.public_id)
    assert "Protect the money, then work begins" in mine
    assert reverse("contract-pay", args=[contract.public_id]) in mine
    theirs = page_of(world, "anchor", "contract", contract.public_id)
    assert "puts the money into protected funds" in theirs
    assert reverse("contract-pay", args=[contract.public_id]) not in theirs
    assert "To be paid in" in theirs


def test_what_was_called_off_before_it_was_paid_asks_for_nothing(world, contract):
    with rolled_back():
        call_off(actor=world.people["owner"].actor, public_id=contract.public_id)
        for who in ("owner", "anchor", "agency"):
            page = page_of(world, who, "contract", contract.public_id)
            assert "To be paid in" not in page
            assert contract.falls.money("pays").figure not in page.partition('id="terms"')[0]


def test_paying_says_what_is_paid_and_leads_on(world, contract):
    path = reverse("contract-pay", args=[contract.public_id])
    client = world.client("owner", fresh=True)
    page = client.get(path).content.decode()
    assert str(contract.falls.money("pays")) in page
    refused = client.post(path, {"source": "wallet", "key": "k-1"})
    assert refused.status_code == 422
    assert client.post(path, {"source": "checkout", "key": "k-1"}).status_code == 302
    assert PROVIDER == "test_bank"


def test_the_line_is_the_same_for_all_and_adds_up(world, running):
    pays = running.falls.money("pays").figure
    for who in ("owner", "anchor", "agency"):
        page = page_of(world, who, "contract", running.public_id)
        assert f"Every cent is accounted for: adds up to {pays}" in page


def test_work_is_handed_in_changed_and_approved(world, running):
    one = running.deliverables.get(place=1)
    assert act(world, "anchor", one, "submit", link="javascript:alert(1)") == 422
    assert act(world, "anchor", one, "submit", link="https://example.org/draft", note="Here") == 302
    page = page_of(world, "owner", "work", one.public_id)
    assert "https://example.org/draft" in page
    assert 'value="approve"' in page
    assert act(world, "owner", one, "remark", text="Longer here?", at="0:18") == 302
    assert act(world, "owner", one, "remark", text="Longer here?", at="soon") == 422
    assert act(world, "owner", one, "request_changes", words="") == 422
    assert act(world, "owner", one, "request_changes", words="Two seconds longer.") == 302
    page = page_of(world, "anchor", "work", one.public_id)
    assert "Two seconds longer." in page
    assert "0:18" in page
    assert act(world, "anchor", one, "approve") == 403
    assert act(world, "anchor", one, "submit", link="https://example.org/draft-2") == 302
    assert act(world, "owner", one, "approve") == 302
    one.refresh_from_db()
    assert one.state == "approved"
    assert 'value="approve"' not in page_of(world, "owner", "work", one.public_id)


def test_what_is_settled_is_still_shown(world, running):
    for place in (1, 2, 3)[: running.deliverables.count()]:
        one = running.deliverables.get(place=place)
        if not one.is_live:
            act(world, "anchor", one, "submit", link="https://example.org/draft")
            act(world, "owner", one, "approve")
        if one.is_public:
            live = {"live_from": "2026-01-01T20:00", "live_until": "2026-01-01T21:00"} if one.is_live else {}
            assert act(world, "anchor", one, "publish", link="https://example.org/out", **live) == 302
            assert act(world, "owner", one, "verify") == 302
    running.refresh_from_db()
    assert running.state == "completed"
    for one in running.deliverables.all():
        for who in ("owner", "anchor", "agency"):
            page_of(world, who, "work", one.public_id)
    assert "Complete" in page_of(world, "owner", "contract", running.public_id)


def test_what_ending_costs_is_shown_before_anybody_asks(world, running):
    path = reverse("contract-end", args=[running.public_id])
    page = page_of(world, "owner", "contract-end", running.public_id)
    assert "kill fee 10 % of what is left" in page
    assert world.client("owner").post(path, {"act": "ask", "words": ""}).status_code == 422
    assert world.client("owner").post(path, {"act": "ask", "words": "Our plans changed."}).status_code == 302
    assert "Our plans changed." in page_of(world, "anchor", "contract-end", running.public_id)
    assert world.client("anchor").post(path, {"act": "refuse"}).status_code == 302
    running.refresh_from_db()
    assert running.state == "active"


def test_who_may_end_it_for_lateness_is_shown_that_it_costs_nothing(world, running):
    line = money_line_of(running)
    running.deliverables.filter(place=1).update(state="overdue", overdue_at=clock.in_(hours=-73))
    page = page_of(world, "owner", "contract-end", running.public_id)
    assert "End it now: nothing came in time" in page
    side = page.split("Where the money would go")[-1].split("The table that was signed")[0]
    assert "nothing came in time" in side
    assert ">0.00<" in side
    assert line.money(line.paid_in_minor).figure in side


def test_a_dispute_is_opened_answered_and_read_by_both(world, running):
    one = running.deliverables.get(place=1)
    act(world, "anchor", one, "submit", link="https://example.org/draft")
    path = reverse("dispute-open", args=[one.public_id])
    assert world.client("owner").post(path, {"words": "Another brand.", "share": "140"}).status_code == 422
    assert world.client("owner").post(path, {"words": "Another brand.", "share": "0"}).status_code == 302
    dispute = Dispute.objects.get(contract=running)
    assert "give your account" in page_of(world, "anchor", "contract", running.public_id)
    answered = world.client("anchor").post(
        reverse("dispute", args=[dispute.public_id]), {"act": "answer", "words": "One second.", "share": "80"}
    )
    assert answered.status_code == 302
    assert "One second." in page_of(world, "owner", "dispute", dispute.public_id)
    assert act(world, "owner", one, "approve") == 302
    one.refresh_from_db()
    assert one.state == "submitted"


def test_the_anchor_says_what_became_of_it(world, running):
    one = running.deliverables.get(place=1)
    Deliverable.objects.filter(pk=one.pk).update(
        state="verified", published_at=clock.now(), link="https://example.org/out"
    )
    StayUpQuestion.objects.create(deliverable=one, failure="404", answer_by=clock.in_(hours=72))
    assert "We did not find" in page_of(world, "owner", "contract", running.public_id)
    assert 'value="answer_stay_up"' not in page_of(world, "owner", "work", one.public_id)
    assert act(world, "owner", one, "answer_stay_up", words="Gone.") == 403
    assert act(world, "anchor", one, "answer_stay_up", words="") == 422
    assert act(world, "anchor", one, "answer_stay_up", words="The platform moved it.") == 302
    question = StayUpQuestion.objects.get(deliverable=one)
    assert (question.state, question.words) == ("answered", "The platform moved it.")
    assert act(world, "anchor", one, "answer_stay_up", words="Again.") == 404
