"""Receipts, invoices, credit notes and statements: numbered without a gap, frozen, once, and in agreement with the
books (the invariants look after every test).
"""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from marketplace.accounts.models import LegalEntity, Party
from marketplace.contracts.documents import canonical, sha256
from marketplace.contracts.models import Contract, Release
from marketplace.core import clock, faults
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.money import Money
from marketplace.core.tx import use_case
from marketplace.documents.errors import NoFeeToGiveBack, ReasonForCreditNeeded
from marketplace.documents.flows.monthly import SYSTEM, issue_months
from marketplace.documents.models import ClosedMonth, Document, FeeReturn, InvoicedRelease, Series
from marketplace.documents.selectors import get_document
from marketplace.documents.selectors.due import after
from marketplace.documents.services.fees import give_fee_back
from marketplace.documents.services.issuing import close_month, invoice_month
from marketplace.documents.sheets import sheet_of
from marketplace.documents.steps.issuing import Draft, issue
from marketplace.ledger import chart
from marketplace.ledger.selectors import balance_of
from marketplace.notifications.models import Notice
from marketplace.payments.services.funding import ask_top_up
from tests.factories.deals import company
from tests.factories.deals import verify as verified
from tests.factories.funded import approved, arrived, funded
from tests.factories.people import Person, make_owner, make_staff
from tests.factories.world import represented
from tests.support.kills import Killed, Killer
from tests.support.races import race
from tests.support.relay import relay_all

WHY = "The script was another creator's."


@pytest.fixture
def merchant(committed_db) -> Person:
    person = make_owner("brand", "Chenyu Tea")
    company(person, name="Chenyu Tea Ltd", tax_id="91310000MA1K")
    return person


@pytest.fixture
def anchor(committed_db) -> Person:
    person = make_owner("anchor", "Xia Wei")
    verified(person.party, "anchor")
    return person


@pytest.fixture
def finance(committed_db) -> Person:
    return make_staff(StaffRole.FINANCE)


@pytest.fixture
def contract(merchant, anchor) -> Contract:
    """Its script and its draft are released: 20 % and 30 % of the fee."""
    found = funded(merchant, anchor)
    for place in (1, 2):
        approved(merchant, anchor, found, place)
    relay_all()
    return found


@pytest.fixture
def next_month() -> Iterator[None]:
    """The first, 03:00 UTC."""
    with time_machine.travel(clock.start_of(after(this_month())) + timedelta(hours=3), tick=True):
        yield


def this_month() -> date:
    return clock.today().replace(day=1)


def kinds() -> list[str]:
    return sorted(Document.objects.values_list("kind", flat=True))


def of_kind(kind: str) -> Document:
    return Document.objects.get(kind=kind)


def earned() -> int:
    return sum(balance_of(ref, "CNY").amount_minor for ref in (chart.revenue(), chart.tax("vat")))


def test_every_payment_in_has_its_receipt_with_what_it_was_for(merchant, contract, settings):
    settings.WALLET_ENABLED = True
    asked = ask_top_up(actor=merchant.actor, money=Money(50_000, "CNY"), provider="test_bank", key="in")
    arrived(asked)
    relay_all()
    first, second = Document.objects.filter(kind="receipt").order_by("sequence")
    year = clock.today().year
    assert (first.number, second.number) == (f"MO-R-{year}-000001", f"MO-R-{year}-000002")
    body = first.contents["body"]
    assert body["what"] == "contract"
    assert body["gross_minor"] + body["fee_minor"] + body["vat_minor"] == first.total_minor == 1_263_600
    assert (body["fee_minor"], body["vat_minor"], body["charge"][:4], len(body["lots"])) == (60_000, 3_600, "chg_", 1)
    assert (second.contents["body"]["what"], second.total_minor) == ("top_up", 50_000)


def test_a_month_is_invoiced_stated_told_and_closed_once(merchant, anchor, contract, next_month):
    assert issue_months() == [last := (this_month() - timedelta(days=1)).replace(day=1)]
    assert issue_months() == []
    relay_all()
    assert kinds() == ["invoice", "receipt", "statement"]
    invoice, statement = of_kind("invoice"), of_kind("statement")
    assert invoice.number == f"MO-{clock.today().year}-000001"
    assert (invoice.net_minor, invoice.tax_minor, invoice.month) == (30_000, 1_800, last)
    assert invoice.total_minor == earned()
    assert invoice.contents["party"]["tax_id"] == "91310000MA1K"
    buyer = sheet_of(invoice, "en").blocks[1]
    assert buyer.lines[:5] == ["Chenyu Tea Ltd", "Chenyu Tea", "18 Jing'an Road", "200040 Shanghai", "CN"]
    assert invoice.contents["body"]["tax"][0]["source"].startswith("Caishui [2016]")
    assert (statement.total_minor, statement.party) == (600_000, anchor.party)
    told = set(Notice.objects.values_list("kind", flat=True))
    assert {"invoice_issued", "statement_issued"} <= told
    assert ClosedMonth.objects.count() == 1


def test_an_agency_has_a_statement_of_its_own_and_the_anchors_shows_the_share(merchant, next_month_after_release):
    anchor, agency = next_month_after_release
    issue_months()
    hers = Document.objects.get(kind="statement", party=anchor.party)
    theirs = Document.objects.get(kind="statement", party=agency.party)
    [line] = hers.contents["body"]["lines"]
    assert line["gross_minor"] == line["agency_minor"] + line["net_minor"]
    assert line["agency_minor"] == theirs.total_minor > 0
    assert hers.number != theirs.number
    assert {hers.sequence, theirs.sequence} == {1}


@pytest.fixture
def next_month_after_release(merchant, anchor) -> Iterator[tuple[Person, Person]]:
    agency = make_owner("agency", "North Quay")
    represented(agency, anchor)
    found = funded(merchant, anchor, agency)
    approved(merchant, anchor, found, 1)
    with time_machine.travel(clock.start_of(after(this_month())) + timedelta(hours=3), tick=True):
        yield anchor, agency


def test_a_fee_given_back_after_its_invoice_is_credited_and_before_it_with_it(merchant, contract, finance, next_month):
    early, late = Release.objects.order_by("id")
    give_fee_back(actor=finance.actor, release_id=early.public_id, reason=WHY)
    relay_all()
    assert kinds() == ["receipt"]  # nothing is invoiced yet
    issue_months()
    assert kinds() == ["credit_note", "invoice", "receipt", "statement"]
    given = give_fee_back(actor=finance.actor, release_id=late.public_id, reason=WHY)
    assert give_fee_back(actor=finance.actor, release_id=late.public_id, reason="again") == given
    relay_all()
    invoice = of_kind("invoice")
    notes = list(Document.objects.filter(kind="credit_note").order_by("sequence"))
    assert [note.number[-6:] for note in notes] == ["000001", "000002"]
    assert {note.corrects_id for note in notes} == {invoice.pk}
    assert notes[1].contents["corrects"]["number"] == invoice.number
    assert notes[1].contents["body"]["reason"] == WHY
    assert invoice.total_minor - sum(note.total_minor for note in notes) == earned() == 0
    wallet = chart.wallet(merchant.party.public_id, merchant.party.pk)
    assert balance_of(wallet, "CNY") == Money(invoice.total_minor, "CNY")


def test_who_may_not_give_a_fee_back_or_has_no_reason_changes_nothing(merchant, contract, finance):
    release = Release.objects.first().public_id
    before = earned()
    with pytest.raises(Forbidden):
        give_fee_back(actor=merchant.actor, release_id=release, reason=WHY)
    with pytest.raises(ReasonForCreditNeeded):
        give_fee_back(actor=finance.actor, release_id=release, reason="  ")
    with pytest.raises(NotFound):
        give_fee_back(actor=finance.actor, release_id="rel_none", reason=WHY)
    with pytest.raises(Forbidden):
        invoice_month(actor=finance.actor, party_id=merchant.party.pk, currency="CNY", month=this_month())
    assert (FeeReturn.objects.count(), earned()) == (0, before)
    assert close_month(actor=SYSTEM, month=this_month()) is False
    assert NoFeeToGiveBack.code


def test_what_was_issued_stays_when_the_party_changes_and_nobody_can_change_it(merchant, contract):
    receipt = of_kind("receipt")
    LegalEntity.objects.update(name="Another Ltd", tax_id="0")
    Party.objects.filter(pk=merchant.party.pk).update(name="Another")
    receipt.refresh_from_db()
    assert receipt.contents["party"]["name"] == "Chenyu Tea Ltd"
    assert sha256(canonical(receipt.contents)) == receipt.sha256
    for sql in (
        "UPDATE documents_document SET total_minor = 1, net_minor = 1, tax_minor = 0",
        "DELETE FROM documents_document",
        "UPDATE documents_series SET last = last + 2",
        "DELETE FROM documents_series",
    ):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)


def test_only_its_own_party_finds_a_document(merchant, anchor, contract):
    receipt = of_kind("receipt")
    assert get_document(merchant.actor, receipt.public_id) == receipt
    with pytest.raises(NotFound):
        get_document(anchor.actor, receipt.public_id)


@use_case
def numbered(party: Party, cause: str, *, fails: bool = False) -> Document:
    draft = Draft(
        kind="receipt", party=party, currency="CNY", net_minor=1, tax_minor=0, cause=cause, body={"what": "top_up"}
    )
    issued = issue(draft, by=Actor.system("test"))
    if fails:
        raise RuntimeError("rolled back")
    return issued


def test_twenty_at_once_have_the_numbers_from_one_to_twenty_and_a_rolled_back_one_leaves_none(merchant):
    party = Party.objects.get(pk=merchant.party.pk)
    calls = [lambda n=n: numbered(party, f"receipt:{n}", fails=n % 7 == 3) for n in range(23)]
    failed = [one for one in race(*calls) if isinstance(one, RuntimeError)]
    assert len(failed) == 3
    assert sorted(Document.objects.values_list("sequence", flat=True)) == list(range(1, 21))
    assert Series.objects.get().last == 20


def test_two_workers_at_once_issue_each_document_once(contract, next_month):
    assert not [one for one in race(issue_months, issue_months) if isinstance(one, Exception)]
    issue_months()
    assert kinds() == ["invoice", "receipt", "statement"]
    assert InvoicedRelease.objects.count() == 2


def test_killed_at_every_commit_the_next_one_goes_on_and_nothing_comes_twice(contract, next_month):
    seen = []
    for name in ("invoice_month", "state_month", "close_month"):
        for when in ("before", "after"):
            killer = Killer(f"commit:documents.services.issuing.{name}:{when}")
            with pytest.raises(Killed), faults.installed(killer):
                issue_months()
            seen.append((Document.objects.count(), ClosedMonth.objects.count()))
    assert seen == [(1, 0), (2, 0), (2, 0), (3, 0), (3, 0), (3, 1)]
    assert issue_months() == []
    assert kinds() == ["invoice", "receipt", "statement"]
