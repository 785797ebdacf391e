"""Links are opened by us: once when they are handed in, every day while what is out should stay up."""

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
import time_machine

from marketplace.contracts.errors import NothingSaid
from marketplace.contracts.flows import links
from marketplace.contracts.models import Contract, StayUpQuestion, Submission
from marketplace.contracts.selectors import missing_for_approval
from marketplace.contracts.selectors.room import history_of
from marketplace.contracts.selectors.stay_up import get_stay_up_question, list_stay_up_questions
from marketplace.contracts.services.links import answer_stay_up
from marketplace.contracts.services.work import publish, send_proof_back, submit, verify
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event
from marketplace.core.net.safe_fetch import Fetched, FetchFailed
from marketplace.core.timers.fire import fire_due
from marketplace.notifications.models import Notice
from tests.factories.deals import verify as verified
from tests.factories.funded import approved, funded, piece, published, three_pieces
from tests.factories.people import Person, make_member, make_owner
from tests.support.relay import relay_all

LINK = "https://www.douyin.com/video/7"


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei")
    verified(person.party, "anchor")
    return person


class Web:
    """What there is to be found: a status, or the code of a failure."""

    def __init__(self) -> None:
        self.finds: int | str = 200
        self.asked: list[str] = []

    def fetch(self, url: str) -> Fetched:
        self.asked.append(url)
        if isinstance(self.finds, str):
            raise FetchFailed(self.finds)
        return Fetched(url, self.finds, b"")


@pytest.fixture
def web(monkeypatch) -> Iterator[Web]:
    found = Web()
    monkeypatch.setattr(links, "fetch", found.fetch)
    return found


def handed_in_with_link(anchor: Person, contract: Contract) -> Submission:
    script = piece(contract, 1)
    submit(actor=anchor.actor, public_id=script.public_id, note="Here.", link=LINK)
    return script.submissions.get()


def out(merchant: Person, anchor: Person, **changed: object) -> Contract:
    """Everything delivered; the video is verified and should stay up for thirty days."""
    contract = funded(merchant, anchor, deal=three_pieces(**({"stay_up_days": 30} | changed)))
    for place in (1, 2):
        approved(merchant, anchor, contract, place)
    video = published(merchant, anchor, contract, 3)
    relay_all()
    verify(actor=merchant.actor, public_id=video.public_id)
    relay_all()
    return contract


def look(at: datetime) -> None:
    """The sweep and the relay, at that time."""
    with time_machine.travel(at, tick=False):
        fire_due()
        relay_all()


def told(person: Person, kind: str) -> int:
    return Notice.objects.filter(user=person.user, kind=kind).count()


@pytest.mark.parametrize(
    ("finds", "failure"),
    [
        (200, ""),
        (304, ""),
        ("too_large", ""),
        (404, "http_404"),
        (403, "http_403"),
        (503, "http_503"),
        ("inside", "inside"),
        ("timeout", "timeout"),
        ("unknown_host", "unknown_host"),
    ],
)
def test_a_link_that_is_handed_in_is_opened_once(finds, failure, merchant, anchor, web):
    contract = funded(merchant, anchor)
    submission = handed_in_with_link(anchor, contract)
    assert missing_for_approval(piece(contract, 1)) == "link"
    web.finds = finds
    relay_all()
    submission.refresh_from_db()
    assert (submission.link_failure, submission.link_opened_at is not None) == (failure, not failure)
    assert missing_for_approval(piece(contract, 1)) == "reminders"
    assert Event.objects.get(name="deliverable.link_opened").data == {"failure": failure}
    links.open_submission(piece(contract, 1).public_id, 1)  # a delivery may come again
    assert web.asked == [LINK]


def test_a_look_whose_answer_was_lost_is_noted_once(merchant, anchor, web):
    contract = funded(merchant, anchor)
    handed_in_with_link(anchor, contract)
    relay_all()
    first = Submission.objects.get()
    links.note_submission_link(actor=links.WORKER, public_id=piece(contract, 1).public_id, number=1, failure="timeout")
    assert Submission.objects.get().link_opened_at == first.link_opened_at
    assert Submission.objects.get().link_failure == ""
    assert Event.objects.filter(name="deliverable.link_opened").count() == 1


def test_nobody_but_the_platform_says_what_was_found(merchant, anchor, web):
    contract = funded(merchant, anchor)
    handed_in_with_link(anchor, contract)
    before = Event.objects.count()
    for person in (merchant, anchor):
        with pytest.raises(Forbidden):
            links.note_submission_link(actor=person.actor, public_id=piece(contract, 1).public_id, number=1, failure="")
    assert Submission.objects.get().link_opened_at is None
    assert Event.objects.count() == before


def test_while_a_past_is_told_nobody_looks(merchant, anchor, web):
    with clock.shifted(-timedelta(days=3)):
        contract = funded(merchant, anchor)
        handed_in_with_link(anchor, contract)
        relay_all()
    assert web.asked == []
    assert Submission.objects.get().link_opened_at is None


def test_what_is_published_is_opened_and_another_link_makes_it_a_new_question(merchant, anchor, web):
    contract = funded(merchant, anchor)
    web.finds = 404
    video = published(merchant, anchor, contract, 3)
    relay_all()
    video = piece(contract, 3)
    assert (video.link_failure, video.link_misses, video.link_seen_at) == ("http_404", 1, None)
    assert StayUpQuestion.objects.count() == 0  # the merchant is looking at it now
    old = video.link_looked_at
    links.note_published_link(
        actor=links.WORKER,
        public_id=video.public_id,
        link="https://www.douyin.com/video/6",
        failure="",
        due_at=clock.now(),
    )
    assert piece(contract, 3).link_looked_at == old


def test_every_day_until_it_has_stayed_up_it_is_looked_at(merchant, anchor, web):
    contract = out(merchant, anchor, stay_up_days=3)
    begun, web.asked = clock.now(), []
    for day in range(1, 8):
        look(begun + timedelta(days=day, minutes=1))
    assert Contract.objects.get(pk=contract.pk).state == "completed"
    assert 2 <= len(web.asked) <= 4  # the day is the contract's own, not ours
    assert len(web.asked) == Event.objects.filter(name="deliverable.stay_up_checked").count()
    assert StayUpQuestion.objects.count() == 0
    quiet = {"deliverable.stay_up_due", "deliverable.stay_up_checked"}
    assert not quiet & set(history_of(contract).values_list("name", flat=True))


def test_a_page_that_is_gone_is_asked_about_once_and_costs_nothing(merchant, anchor, web):
    contract = out(merchant, anchor)
    begun, web.finds = clock.now(), 404
    money = list(Event.objects.filter(name="contract.funds_released").values_list("pk", flat=True))
    look(begun + timedelta(days=1, minutes=1))
    question = StayUpQuestion.objects.get()
    assert (question.state, question.failure) == ("open", "http_404")
    assert question.answer_by == begun + timedelta(days=4, minutes=1)
    assert told(anchor, "stay_up_asked") == 1
    assert told(merchant, "stay_up_asked") == 0
    look(begun + timedelta(days=2, minutes=2))
    assert StayUpQuestion.objects.count() == 1
    look(question.answer_by)
    question.refresh_from_db()
    assert question.state == "silent"
    assert (told(anchor, "stay_up_silent"), told(merchant, "stay_up_silent")) == (1, 1)
    look(begun + timedelta(days=5, minutes=5))
    assert StayUpQuestion.objects.count() == 1
    assert piece(contract, 3).state == "verified"
    assert list(Event.objects.filter(name="contract.funds_released").values_list("pk", flat=True)) == money


def test_one_bad_moment_is_no_question_and_three_in_a_row_are(merchant, anchor, web):
    contract = out(merchant, anchor)
    at, web.finds = clock.now() + timedelta(days=1, minutes=1), 503
    look(at)
    look(at + timedelta(hours=6, minutes=1))
    assert (piece(contract, 3).link_misses, StayUpQuestion.objects.count()) == (2, 0)
    web.finds = 200
    look(at + timedelta(hours=12, minutes=2))
    assert (piece(contract, 3).link_misses, piece(contract, 3).link_failure) == (0, "")
    web.finds, later = "unreachable", at + timedelta(days=2)
    for hours in (0, 7, 14):
        look(later + timedelta(hours=hours))
    assert StayUpQuestion.objects.get().failure == "unreachable"


def test_a_page_that_is_back_settles_the_question_and_may_go_away_again(merchant, anchor, web):
    out(merchant, anchor)
    begun, web.finds = clock.now(), 410
    look(begun + timedelta(days=1, minutes=1))
    web.finds = 200
    look(begun + timedelta(days=2, minutes=2))
    question = StayUpQuestion.objects.get()
    assert question.state == "seen_again"
    assert told(anchor, "stay_up_seen_again") == 1
    web.finds = 410
    look(begun + timedelta(days=3, minutes=3))
    assert list(StayUpQuestion.objects.order_by("id").values_list("state", flat=True)) == ["seen_again", "open"]
    look(question.answer_by)
    question.refresh_from_db()
    assert question.state == "seen_again"


def test_the_anchors_side_answers_once_and_the_merchant_reads_it(merchant, anchor, web):
    contract = out(merchant, anchor)
    web.finds = 404
    look(clock.now() + timedelta(days=1, minutes=1))
    question = StayUpQuestion.objects.get()
    stranger, viewer = make_owner("brand", "Far Away"), make_member(anchor.party, Role.VIEWER)
    before = Event.objects.count()
    for person, words, error in (
        (merchant, "It moved.", Forbidden),
        (viewer, "It moved.", Forbidden),
        (stranger, "It moved.", NotFound),
        (anchor, "  ", NothingSaid),
    ):
        with pytest.raises(error):
            answer_stay_up(actor=person.actor, public_id=question.public_id, words=words)
    question.refresh_from_db()
    assert (question.state, question.words, Event.objects.count()) == ("open", "", before)
    answer_stay_up(actor=anchor.actor, public_id=question.public_id, words=" The platform hid it; I objected. ")
    relay_all()
    read = get_stay_up_question(merchant.actor, question.public_id)
    assert (read.state, read.words, read.by) == ("answered", "The platform hid it; I objected.", anchor.user)
    assert list(list_stay_up_questions(merchant.actor, contract.public_id)) == [question]
    assert list(list_stay_up_questions(stranger.actor, contract.public_id)) == []
    assert told(merchant, "stay_up_answered") == 1
    with pytest.raises(IllegalTransition):
        answer_stay_up(actor=anchor.actor, public_id=question.public_id, words="Again.")
    look(question.answer_by)
    assert StayUpQuestion.objects.get().state == "answered"
    assert told(merchant, "stay_up_silent") == 0


def test_another_proof_is_looked_at_by_its_own_link(merchant, anchor, web):
    contract = funded(merchant, anchor)
    published(merchant, anchor, contract, 3)
    relay_all()
    send_proof_back(actor=merchant.actor, public_id=piece(contract, 3).public_id, words="Empty.")
    publish(actor=anchor.actor, public_id=piece(contract, 3).public_id, link="https://www.douyin.com/video/8")
    relay_all()
    assert web.asked == [LINK, "https://www.douyin.com/video/8"]
