"""What the sides of an ended contract say of each other: unseen until both have written or the days are over."""

from datetime import timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from marketplace.contracts.errors import TimeIsOver
from marketplace.contracts.models import Contract, Review
from marketplace.contracts.selectors.reviews import LEAST, reviews_about, reviews_of
from marketplace.contracts.services.reviews import answer_review, write_review
from marketplace.contracts.services.work import verify
from marketplace.contracts.steps.reviewing import WRITE_WITHIN, open_reviews
from marketplace.core import clock
from marketplace.core.actor import Role
from marketplace.core.errors import Forbidden, IllegalTransition, NotFound
from marketplace.core.models import Event, Timer
from marketplace.core.timers.fire import fire_due
from marketplace.core.tx import use_case
from marketplace.notifications.models import Notice
from tests.factories.deals import verify as verified
from tests.factories.funded import approved, funded, piece, published, signed
from tests.factories.people import Person, make_member, make_owner
from tests.support.races import race
from tests.support.relay import relay_all

STARS = {"substance": 5, "time": 4, "manner": 5}
open_now = use_case(open_reviews)


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner("brand", "Chenyu Tea")


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei")
    verified(person.party, "anchor")
    return person


@pytest.fixture
def ended(merchant, anchor) -> Contract:
    """One that is paid, with its reviews open as after its end."""
    contract = funded(merchant, anchor)
    relay_all()
    open_now(contract)
    return contract


def write(person: Person, contract: Contract, words: str = "Good work.", **stars: int) -> Review:
    return write_review(actor=person.actor, contract_public_id=contract.public_id, stars=STARS | stars, words=words)


def shown(person: Person, contract: Contract) -> dict[str, str]:
    return {side: one.words for side, one in reviews_of(person.actor, contract).items()}


def states(contract: Contract) -> list[str]:
    return list(contract.reviews.order_by("side").values_list("state", flat=True))


def test_a_completed_contract_asks_both_sides_once(merchant, anchor):
    contract = funded(merchant, anchor)
    for place in (1, 2):
        approved(merchant, anchor, contract, place)
    published(merchant, anchor, contract, 3)
    verify(actor=merchant.actor, public_id=piece(contract, 3).public_id)
    relay_all()
    assert states(contract) == ["open", "open"]
    assert {one.party for one in contract.reviews.all()} == {merchant.party, anchor.party}
    told = Notice.objects.filter(kind="review_to_write").values_list("user", flat=True)
    assert set(told) == {merchant.user.pk, anchor.user.pk}


def test_nobody_reads_the_other_before_both_have_written(merchant, anchor, ended):
    write(merchant, ended, "She was on time.")
    relay_all()
    assert shown(merchant, ended) == {"merchant": "She was on time."}
    assert shown(anchor, ended) == {"anchor": ""}
    assert reviews_about(anchor.party).count == 0
    assert [one.kind for one in Notice.objects.filter(user=anchor.user, kind__startswith="review")] == [
        "review_written"
    ]
    write(anchor, ended, "They answer quickly.")
    both = {"merchant": "She was on time.", "anchor": "They answer quickly."}
    assert (shown(merchant, ended), shown(anchor, ended), states(ended)) == (both, both, ["published", "published"])
    assert [one.words for one in reviews_about(anchor.party).newest] == ["She was on time."]
    assert not Timer.objects.filter(kind__startswith="review", state="pending").exists()


def test_after_seven_days_what_is_written_is_shown_and_the_rest_lapses(merchant, anchor, ended):
    with time_machine.travel(clock.now(), tick=False) as moment:
        write(anchor, ended)
        by = ended.reviews.first().write_by
        moment.move_to(by - timedelta(days=1) - timedelta(seconds=1))
        fire_due()
        relay_all()
        assert not Notice.objects.filter(kind="review_soon").exists()
        moment.move_to(by - timedelta(days=1))
        fire_due()
        relay_all()
        assert {one.user for one in Notice.objects.filter(kind="review_soon")} == {merchant.user}
        moment.move_to(by - timedelta(seconds=1))
        fire_due()
        assert states(ended) == ["written", "open"]
        moment.move_to(by)
        with pytest.raises(TimeIsOver):
            write(merchant, ended)
        fire_due()
        fire_due()
        assert states(ended) == ["published", "lapsed"]
        assert abs(by - ended.reviews.first().opened_at - WRITE_WITHIN) < timedelta(seconds=5)
    with pytest.raises(IllegalTransition):
        write(merchant, ended)


def test_who_may_write_and_once(merchant, anchor, ended):
    for role in (Role.FINANCE, Role.MEMBER, Role.VIEWER):
        with pytest.raises(Forbidden):
            write(make_member(merchant.party, role), ended)
    with pytest.raises(NotFound):
        write(make_owner("brand", "Other Tea"), ended)
    assert states(ended) == ["open", "open"]
    assert not Event.objects.filter(name__startswith="contract.review").exists()
    write(make_member(merchant.party, Role.MANAGER), ended)
    with pytest.raises(IllegalTransition):
        write(merchant, ended, "Again")


def test_two_of_one_side_and_the_other_side_at_once(merchant, anchor, ended):
    colleague = make_member(merchant.party, Role.MANAGER)
    found = race(*(lambda one=one: write(one, ended) for one in (merchant, colleague, anchor)))
    assert [type(one) for one in found if isinstance(one, Exception)] == [IllegalTransition]
    assert states(ended) == ["published", "published"]
    assert Event.objects.filter(name="contract.reviews_published").count() == 1


def test_whom_it_is_about_answers_once(merchant, anchor, ended):
    mine = write(merchant, ended)
    with pytest.raises(NotFound):
        answer_review(actor=anchor.actor, public_id=mine.public_id, words="Thanks")
    write(anchor, ended)
    with pytest.raises(Forbidden):
        answer_review(actor=merchant.actor, public_id=mine.public_id, words="Thanks")
    with pytest.raises(NotFound):
        answer_review(actor=make_owner("brand", "Other Tea").actor, public_id=mine.public_id, words="Thanks")
    answer_review(actor=anchor.actor, public_id=mine.public_id, words="Thanks")
    with pytest.raises(IllegalTransition):
        answer_review(actor=anchor.actor, public_id=mine.public_id, words="And")
    assert Review.objects.get(pk=mine.pk).answer == "Thanks"


def test_what_is_written_is_never_edited(merchant, ended):
    mine = write(merchant, ended)
    for change in ("words = 'x'", "substance = 1", "time = 1", "manner = 1"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE contracts_review SET {change} WHERE id = {mine.pk}")
    with pytest.raises(DatabaseError), transaction.atomic():
        Review.objects.filter(contract=ended, side="anchor").update(words="x")


def test_a_contract_that_was_never_paid_is_not_reviewed(merchant, anchor):
    contract = signed(merchant, anchor)
    open_now(contract)
    assert not contract.reviews.exists()


def test_averages_are_shown_from_three_on(merchant, anchor):
    for number in range(LEAST):
        assert reviews_about(anchor.party).averages == []
        contract = funded(merchant, anchor)
        open_now(contract)
        write(merchant, contract, substance=3 + number % 3)
        write(anchor, contract)
    found = reviews_about(anchor.party)
    assert found.count == LEAST
    assert [average for _label, average in found.averages] == [4.0, 4.0, 5.0]
