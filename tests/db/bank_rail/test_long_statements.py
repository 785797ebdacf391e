"""A file may have twenty thousand rows, and whoever books it holds the rail's books meanwhile."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from marketplace.bank_rail.models import BankLine, Entry, PayIn, Upload
from marketplace.bank_rail.services.pay_ins import open_pay_in
from marketplace.bank_rail.services.statements import book_statement, preview_statement
from marketplace.core.actor import Actor
from marketplace.core.models import Event
from marketplace.core.money import Money
from tests.factories.rail import Desk, Said, statement

ROWS = 60


@pytest.fixture
def asked_for(desk) -> list[str]:
    """Words of transfers that are waited for."""
    asked = {"actor": Actor.system("test"), "money": Money(900, "CNY"), "payer": "Chenyu"}
    return [open_pay_in(reference=f"fnd_{n}", **asked).code for n in range(ROWS // 3)]


def uploaded(desk: Desk, said: list[Said], name: str) -> Upload:
    content = statement(said)
    return preview_statement(actor=desk.maker.actor, name=name, content=content, currency="CNY")


def booked(desk: Desk, upload: Upload) -> int:
    """How many statements the database was given."""
    with CaptureQueriesContext(connection) as asked:
        book_statement(actor=desk.checker.actor, public_id=upload.public_id)
    return len(asked)


def rows_of(codes: list[str], mark: str) -> list[Said]:
    """For each, what was asked for, what nobody asked for, and a fee."""
    rows = (
        [(900, code, "in") for code in codes] + [(70, "?", "who") for _ in codes] + [(-5, "fee", "out") for _ in codes]
    )
    return [Said(minor, memo, f"{mark}-{kind}-{n}") for n, (minor, memo, kind) in enumerate(rows)]


def test_a_long_file_asks_the_database_no_oftener_than_a_short_one(desk, asked_for):
    short = booked(desk, uploaded(desk, rows_of(asked_for[:1], "a"), "a.csv"))
    assert booked(desk, uploaded(desk, rows_of(asked_for[1:], "b"), "b.csv")) == short
    assert (BankLine.objects.count(), Entry.objects.count()) == (ROWS, ROWS)
    assert set(PayIn.objects.values_list("state", flat=True)) == {"paid"}
    paid = Event.objects.filter(name="bank_pay_in.paid").values_list("from_state", "to_state")
    assert list(paid) == [("open", "paid")] * (ROWS // 3)
    assert Event.objects.filter(name="bank_line.unmatched").count() == ROWS // 3
