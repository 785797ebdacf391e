"""Two who act on one dispute at the same moment; and disputes from before there was mediation."""

import os
from importlib import import_module
from pathlib import Path

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction

from marketplace.contracts import migrations
from marketplace.contracts.models import Dispute, DisputeProposal, Release
from marketplace.contracts.models.dispute_talk import MEDIATOR
from marketplace.contracts.services.deciding import appeal_decision
from marketplace.contracts.services.mediation import accept_proposal
from marketplace.contracts.timers import disputes as clocks
from marketplace.core import clock
from marketplace.core.models import Event, Timer
from marketplace.core.timers.fire import fire_due
from tests.db.contracts.test_disputes import Court, court_of, in_mediation, with_a_decision, with_a_proposal
from tests.db.contracts.test_timer_edges import World
from tests.db.contracts.test_work import payable
from tests.factories.deals import verify as verified
from tests.factories.disputes import decided, standing
from tests.factories.funded import funded
from tests.factories.people import Person, make_owner
from tests.support.races import race


@pytest.fixture
def contested(committed_db) -> Court:
    merchant, anchor = make_owner("brand", "Chenyu Tea"), make_owner("anchor", "Xia Wei")
    verified(anchor.party, "anchor")
    return court_of(World(merchant, anchor, funded(merchant, anchor)))


def test_both_accept_the_mediator_at_once(contested):
    proposal = standing(with_a_proposal(contested), MEDIATOR).public_id
    race(*(lambda who=who: accept_proposal(actor=who.actor, public_id=proposal) for who in sides(contested)))
    assert (Dispute.objects.get().ended, payable(contested.anchor)) == ("agreed", 180_000)
    assert Release.objects.count() == 1


def test_accepted_and_decided_at_once(contested):
    """Whichever comes first: it is settled as agreed, or decided and nothing moves yet."""
    dispute = in_mediation(contested)
    offered = standing(dispute, "anchor").public_id
    race(
        lambda: accept_proposal(actor=contested.merchant.actor, public_id=offered),
        lambda: decided(contested.staff, dispute, 1_000),
    )
    dispute.refresh_from_db()
    assert (dispute.state, payable(contested.anchor)) in {("closed", 288_000), ("decided", 0)}
    assert Event.objects.filter(name__in=["contract.dispute_settled", "contract.dispute_decided"]).count() == 1


def test_appealed_as_its_time_runs_out(contested):
    """The clock is late by a little: the appeal came in time and stands, or the decision takes effect."""
    dispute = with_a_decision(contested)
    Dispute.objects.filter(pk=dispute.pk).update(appeal_by=clock.in_(hours=1))
    Timer.objects.filter(kind=clocks.APPEAL_OVER).update(due_at=clock.now())
    race(
        lambda: appeal_decision(actor=contested.anchor.actor, public_id=dispute.public_id, words="No."),
        fire_due,
    )
    dispute.refresh_from_db()
    appeals = dispute.appeals.count()
    assert (dispute.state, appeals, payable(contested.anchor)) in {("appealed", 1, 0), ("closed", 0, 252_000)}


def sides(court: Court) -> tuple[Person, Person]:
    return court.merchant, court.anchor


def test_disputes_from_before_go_on_in_mediation_or_are_over(contested, committed_db):
    waits = in_mediation(contested)
    with psycopg.connect(
        host=os.environ["MOORING_TEST_SOCKETS"], user="postgres", dbname=committed_db, autocommit=True
    ) as owner:
        owner.execute("DROP INDEX dispute_one_open")
        for name in ("dispute_state", "dispute_ended", "dispute_decided", "dispute_can_be_appealed"):
            owner.execute(f"ALTER TABLE contracts_dispute DROP CONSTRAINT {name}")
    DisputeProposal.objects.all().delete()
    Timer.objects.filter(aggregate=waits.public_id).delete()
    Dispute.objects.filter(pk=waits.pk).update(state="in_decision", mediate_by=None)
    over = Dispute.objects.get(pk=waits.pk)
    over.pk, over.public_id, over.state = None, "dsp_over", "decided"
    over.decided_bp, over.decided_by, over.closed_at = 4_000, contested.staff.user, clock.now()
    over.save(force_insert=True)
    found = next(Path(migrations.__file__).parent.glob("*_mediation_and_appeals.py")).stem
    with transaction.atomic(), connection.schema_editor(atomic=False) as editor:
        import_module(f"{migrations.__name__}.{found}").carry_on(apps, editor)
    waits.refresh_from_db()
    over.refresh_from_db()
    assert (waits.state, (waits.mediate_by - clock.now()).days) == ("mediation", 29)
    assert (over.state, over.decided, over.ended, over.final_bp) == ("closed", "staff", "decided", 4_000)
    kinds = Timer.objects.filter(aggregate=waits.public_id, state="pending").values_list("kind", flat=True)
    assert set(kinds) == {clocks.MEDIATION_OVER, clocks.MEDIATION_REMIND_7, clocks.MEDIATION_REMIND_1}
    proposed = DisputeProposal.objects.filter(dispute=waits).order_by("id")
    assert list(proposed.values_list("side", "anchor_bp", "by")) == [
        ("merchant", 0, contested.merchant.user.pk),
        ("anchor", 8_000, contested.anchor.user.pk),
    ]
