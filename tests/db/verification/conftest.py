from datetime import date, timedelta

import pytest

from marketplace.core import clock
from marketplace.core.actor import StaffRole
from marketplace.media.documents import check_document
from marketplace.verification.flows.drafts import save
from marketplace.verification.services.drafts import submit_verification
from tests.db.media.conftest import storage
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.pictures import pdf, picture

__all__ = ["storage"]

COMPANY = {
    "legal_name": "Chenyu Tea Ltd",
    "address": "18 Jing'an Road\n200040 Shanghai",
    "country": "CN",
    "registration_number": "91310000",
    "tax_id": "T-1",
}
HOLDER = {"legal_name": "Xia Wei", "country": "CN"}


def born(years: int, days: int = 0) -> date:
    """Somebody who is `years` old today, and `days` older than that."""
    today = clock.today("Asia/Shanghai")
    return today.replace(year=today.year - years) - timedelta(days=days)


def adult() -> dict[str, object]:
    return {"legal_name": "Xia Wei", "birth_on": born(30)}


def minor(age: int = 16) -> dict[str, object]:
    guardian = {"guardian_name": "Xia Lan", "guardian_email": "lan@example.com"}
    return {"legal_name": "Xia Wei", "birth_on": born(age), **guardian}


def paper():
    return check_document(picture(2000, 1400), filename="paper.jpg", content_type="image/jpeg")


def pdf_paper():
    return check_document(pdf(), filename="paper.pdf", content_type="application/pdf")


COMPLETE = {
    "merchant": (lambda: COMPANY, ("registration",)),
    "anchor": (adult, ("identity",)),
    "payee": (lambda: HOLDER, ("holder",)),
}


def draft(person: Person, kind: str = "merchant", values=None, papers=None):
    """A draft of this kind with everything in it, or with what is given."""
    complete, kinds = COMPLETE[kind]
    kinds = kinds if papers is None else papers
    files = {one: paper() for one in kinds}
    return save(actor=person.actor, kind=kind, values=complete() if values is None else values, papers=files)


def submitted(person: Person, kind: str = "merchant", **options):
    draft(person, kind, **options)
    return submit_verification(actor=person.actor, kind=kind)


@pytest.fixture
def merchant(committed_db) -> Person:
    return make_owner()


@pytest.fixture
def anchor(committed_db) -> Person:
    return make_owner("anchor", "Xia Wei")


@pytest.fixture
def compliance(committed_db) -> Person:
    return make_staff(StaffRole.COMPLIANCE)
