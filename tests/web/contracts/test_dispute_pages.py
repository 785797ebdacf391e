"""The pages of a dispute for its sides, and the desk where our staff mediate, decide and settle."""

import pytest
from django.urls import reverse

from marketplace.chat.models import Conversation
from marketplace.contracts.models import Dispute
from marketplace.core import clock
from marketplace.core.access_log import log_access
from marketplace.core.actor import StaffRole
from marketplace.core.models import Event
from marketplace.ledger.models import Journal
from tests.factories.disputes import decided, mediated, standing
from tests.factories.people import make_staff
from tests.factories.talks import say
from tests.web.conftest import rolled_back
from tests.web.test_admin import with_second_factor


@pytest.fixture
def dispute(world):
    """Opened by the anchor about the script, CNY 200.00; not answered."""
    with rolled_back():
        yield Dispute.objects.get(public_id=world.ids["dispute"])


def read(world, who: str, dispute: Dispute) -> str:
    response = world.client(who).get(reverse("dispute", args=[dispute.public_id]))
    assert response.status_code == 200
    return response.content.decode()


def act(world, who: str, dispute: Dispute, name: str, **data: object) -> int:
    path = reverse("dispute", args=[dispute.public_id])
    return world.client(who).post(path, {"act": name, **data}).status_code


def look(dispute: Dispute) -> str:
    dispute.refresh_from_db()
    return dispute.state


def facts() -> tuple[int, int]:
    return Event.objects.count(), Journal.objects.count()


def test_the_sides_talk_a_split_over_and_settle_it(world, dispute):
    assert "it is decided as the other side asks" in read(world, "owner", dispute)
    assert act(world, "owner", dispute, "answer", words="", share="50") == 422
    assert act(world, "owner", dispute, "answer", words="It came late.", share="50") == 302
    page = read(world, "anchor", dispute)
    assert "In mediation until" in page
    assert "It came late." in page
    assert 'value="accept"' in page
    assert act(world, "anchor", dispute, "propose", words="", share="80") == 422
    assert act(world, "anchor", dispute, "propose", words="Four fifths.", share="80") == 302
    page = read(world, "owner", dispute)
    assert "Four fifths." in page
    # 160.00 gross; her agency's share of a script outside its scope is nought; 40.00 go back with 5 % and 6 % of that
    assert "42.12" in page.split('id="outcomes"')[1]
    before = facts()
    assert act(world, "owner", dispute, "accept", proposal="dpp_unknown") == 404
    assert act(world, "owner", dispute, "nonsense") == 404
    own = standing(dispute, "anchor").public_id
    assert act(world, "anchor", dispute, "accept", proposal=own) == 403
    assert (facts(), look(dispute)) == (before, "mediation")
    assert act(world, "owner", dispute, "accept", proposal=own) == 302
    assert (look(dispute), dispute.ended) == ("closed", "agreed")
    assert "Both sides agreed" in read(world, "anchor", dispute)


def test_the_sides_answer_the_mediator_and_appeal_the_decision(world, dispute):
    staff = world.people["operations"]
    act(world, "owner", dispute, "answer", words="It came late.", share="50")
    proposal = mediated(staff, dispute, 6_000)
    for who in ("owner", "anchor"):
        assert "Our mediator proposes a split: accept or refuse it" in read(world, who, dispute)
    assert act(world, "anchor", dispute, "accept", proposal=proposal.public_id) == 302
    assert "Our mediator proposes a split; the other side answers" in read(world, "anchor", dispute)
    assert act(world, "owner", dispute, "refuse", proposal=proposal.public_id) == 302
    decided(staff, dispute, 3_000)
    page = read(world, "owner", dispute)
    assert "The money stands still until then" in page
    assert "One second of another brand." in page
    assert act(world, "owner", dispute, "accept_decision") == 302
    assert 'value="accept_decision"' not in read(world, "owner", dispute)
    assert act(world, "anchor", dispute, "appeal", words="") == 422
    assert act(world, "anchor", dispute, "appeal", words="It came in time.") == 302
    assert "It came in time." in read(world, "owner", dispute)
    assert look(dispute) == "appealed"


def test_evidence_is_read_by_the_sides_and_the_desk_and_addresses_by_the_desk_alone(world, dispute):
    version = dispute.deliverable.submissions.get()
    log_access(actor=world.people["owner"].actor, subject=version.public_id, address="203.0.113.7")
    talk = Conversation.objects.get(subject=dispute.contract.public_id)
    say(world.people["owner"], talk, "Is this the price that we agreed on?")
    page = read(world, "anchor", dispute)
    assert "Version 1" in page
    assert "Is this the price that we agreed on?" in page
    assert dispute.contract.terms_sha256 in page
    assert "203.0.113.7" not in page
    with_second_factor(world, "operations")
    desk = world.client("operations").get(reverse("admin:contracts_dispute_change", args=[dispute.pk]))
    assert "203.0.113.7" in desk.content.decode()


def test_the_desk_shows_what_a_split_does_before_it_is_done(world, dispute):
    act(world, "owner", dispute, "answer", words="It came late.", share="50")
    client = with_second_factor(world, "operations")
    for name, state, share in (("propose", "proposal", 60), ("decide", "decided", 25)):
        path = reverse(f"admin:contracts_dispute_{name}", args=[dispute.public_id])
        before, was = facts(), look(dispute)
        assert client.post(path, {"share": "140", "reasons": "x"}).status_code == 422
        asked = client.post(path, {"share": share, "reasons": "<b>So.</b>"}).content.decode()
        assert "&lt;b&gt;So.&lt;/b&gt;" in asked
        assert {"60": "84.24", "25": "157.95"}[str(share)] in asked.split('id="preview"')[1]
        assert (facts(), look(dispute)) == (before, was)
        confirmed = {"share": share, "reasons": "So.", "confirmed": "1"}
        assert client.post(path, confirmed).status_code == 302
        assert look(dispute) == state
        if name == "propose":
            proposal = standing(dispute, "mediator").public_id
            act(world, "anchor", dispute, "refuse", proposal=proposal)
    act(world, "anchor", dispute, "appeal", words="No.")
    path = reverse("admin:contracts_dispute_settle", args=[dispute.public_id])
    final = {"share": 30, "reasons": "A little more.", "confirmed": "1"}
    before = facts()
    assert "another member of staff" in client.post(path, final, follow=True).content.decode().lower()
    assert facts() == before
    world.people["judge"] = make_staff(StaffRole.OPERATIONS)
    assert with_second_factor(world, "judge").post(path, final).status_code == 302
    assert (look(dispute), dispute.ended, dispute.final_bp) == ("closed", "changed", 3_000)


def test_what_is_overdue_is_on_top_of_the_desk(world, dispute):
    client = with_second_factor(world, "operations")
    path = reverse("admin:contracts_dispute_changelist")
    assert "Chenyu Tea" in client.get(path).content.decode()
    act(world, "owner", dispute, "answer", words="It came late.", share="50")
    assert "Our staff" in client.get(path).content.decode()
    Dispute.objects.filter(pk=dispute.pk).update(mediate_by=clock.in_(hours=-1))
    assert "Overdue: our staff" in client.get(path).content.decode()
    assert "Our staff are late." in read(world, "owner", dispute)


@pytest.mark.parametrize("name", ["propose", "decide", "settle"])
def test_nobody_but_operations_is_at_the_desk(world, dispute, name):
    path = reverse(f"admin:contracts_dispute_{name}", args=[dispute.public_id])
    body = {"share": "50", "reasons": "So.", "confirmed": "1"}
    before = facts()
    for who in ("finance_staff", "compliance", "agency", "other_agency"):
        client = with_second_factor(world, who)
        assert client.get(path).status_code == client.post(path, body).status_code == 403, who
    for who in ("owner", "anchor", "anonymous"):
        assert world.client(who).post(path, body).status_code == 302, who
    assert (facts(), look(dispute)) == (before, "awaiting_reply")
