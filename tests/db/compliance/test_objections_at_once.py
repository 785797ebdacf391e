"""Two at once about one observation."""

from marketplace.campaigns.services.choosing import decline_candidate
from marketplace.compliance.errors import AlreadyObjected
from marketplace.compliance.models import Objection
from marketplace.compliance.services.objections import file_objection, reject_objection, uphold_objection
from marketplace.core.actor import StaffRole
from marketplace.reliability.models import Strike
from tests.factories.people import make_staff
from tests.factories.tasks import applied, make_anchor, make_merchant, open_task
from tests.support.races import race

WORDS = "Our whole team was ill that week."


def test_ten_clicks_are_one_objection_and_two_answers_are_one(committed_db):
    merchant = make_merchant()
    application = applied(make_anchor(), open_task(merchant)).public_id
    decline_candidate(actor=merchant.actor, public_id=application)
    asked = {"actor": merchant.actor, "source": "merchant_decision", "subject": application, "words": WORDS}
    done = race(*[lambda: file_objection(**asked)] * 6)
    assert sum(isinstance(one, Objection) for one in done) == 1
    assert {type(one) for one in done} == {Objection, AlreadyObjected}
    filed, staff = Objection.objects.get(), make_staff(StaffRole.COMPLIANCE)
    answers = {"actor": staff.actor, "public_id": filed.public_id, "reasons": "Looked at."}
    done = race(lambda: uphold_objection(**answers), lambda: reject_objection(**answers))
    filed.refresh_from_db()
    assert sorted(type(one).__name__ for one in done) == ["IllegalTransition", "Objection"]
    assert Strike.objects.exists() == (filed.state == "upheld")
