"""Two people at the desk and two at once: each thing once, and a refusal changes nothing."""

from functools import partial

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from django.db.models import F

from marketplace.bank_rail.errors import (
    AnswersDiffer,
    BadAccountNumber,
    FileRefused,
    MoreThanThere,
    NoAccountNamed,
    NoSuchPayIn,
    NotEnoughThere,
    NothingQueued,
    NotSentYet,
    OtherContent,
    SamePerson,
    UploadedBefore,
)
from marketplace.bank_rail.models import BankLine, Batch, Entry, Order, Payee, PayIn, Transfer, Upload
from marketplace.bank_rail.services.batches import approve_batch, cancel_batch, draft_batch, file_of
from marketplace.bank_rail.services.confirmations import book_confirmation, preview_confirmation
from marketplace.bank_rail.services.desk import (
    approve_proposal,
    decline_proposal,
    propose_assignment,
    propose_send_back,
)
from marketplace.bank_rail.services.orders import order_payout, order_refund
from marketplace.bank_rail.services.pay_ins import open_pay_in
from marketplace.bank_rail.services.payees import name_account, open_payee
from marketplace.bank_rail.services.statements import book_statement, discard_upload, preview_statement
from marketplace.bank_rail.services.transfers import move_back, move_to_payee
from marketplace.core.actor import Actor, StaffRole
from marketplace.core.errors import Forbidden, IllegalTransition
from marketplace.core.models import Event
from marketplace.core.money import Money
from tests.factories.people import make_staff
from tests.factories.rail import CARD, Desk, Said, confirmation, statement
from tests.support.races import race

SYSTEM = Actor.system("test")
MONEY = Money(10_000, "CNY")


def pay_in(reference: str = "fnd_1", money: Money = MONEY) -> PayIn:
    return open_pay_in(actor=SYSTEM, reference=reference, money=money, payer="Chenyu Tea")


def payee(reference: str = "pya_1") -> Payee:
    made = open_payee(actor=SYSTEM, reference=reference, label="Xia Wei")
    return name_account(actor=SYSTEM, reference=made.reference, holder="Xia Wei", bank_name="招商银行", number=CARD)


def paid(desk: Desk) -> BankLine:
    desk.says((MONEY.amount_minor, pay_in().code))
    return BankLine.objects.get()


def with_part(desk: Desk, minor: int = 8_000) -> Payee:
    hers, line = payee(), paid(desk)
    move_to_payee(
        actor=SYSTEM, payee=hers.public_id, charge=line.public_id, money=Money(minor, "CNY"), reference="trf_1"
    )
    return hers


def ordered(desk: Desk) -> Order:
    hers = with_part(desk)
    return order_payout(actor=SYSTEM, payee=hers.public_id, money=Money(8_000, "CNY"), reference="pyo_1")


def everything() -> tuple:
    tables = (BankLine, Batch, Entry, Order, PayIn, Payee, Transfer, Upload)
    return (Event.objects.count(), *(sorted(table.objects.values_list()) for table in tables))


def refused(error: type[Exception], act, **given) -> Exception:
    before = everything()
    with pytest.raises(error) as caught:
        act(**given)
    assert everything() == before
    return caught.value


def previewed(desk: Desk, *said: Said, name: str = "one.csv") -> Upload:
    content = statement(said)
    return preview_statement(actor=desk.maker.actor, name=name, content=content, currency="CNY")


def test_two_who_book_at_once_book_once(desk):
    upload = previewed(desk, Said(MONEY.amount_minor, pay_in().code, "A"), Said(5, "?", "B"))
    others = (desk.checker, make_staff(StaffRole.FINANCE))
    results = race(*(partial(book_statement, actor=who.actor, public_id=upload.public_id) for who in others))
    assert sorted(isinstance(one, IllegalTransition) for one in results) == [False, True]
    assert (BankLine.objects.count(), Entry.objects.count(), PayIn.objects.get().state) == (2, 2, "paid")


def test_whoever_uploads_does_not_book_in_the_program_and_in_the_database(desk):
    upload = previewed(desk, Said(MONEY.amount_minor, pay_in().code, "A"))
    refused(SamePerson, book_statement, actor=desk.maker.actor, public_id=upload.public_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Upload.objects.update(state="booked", booked_by=F("uploaded_by"))
    book_statement(actor=desk.checker.actor, public_id=upload.public_id)
    refused(IllegalTransition, book_statement, actor=desk.maker.actor, public_id=upload.public_id)


def test_two_exports_that_overlap_book_each_line_once(desk):
    first, second, third = (Said(5, "?", serial) for serial in "ABC")
    uploads = [previewed(desk, first, second, name="1"), previewed(desk, second, third, name="2")]
    race(*(partial(book_statement, actor=desk.checker.actor, public_id=one.public_id) for one in uploads))
    assert sorted(BankLine.objects.values_list("identity", flat=True)) == ["A", "B", "C"]
    same = statement([first, second])
    refused(UploadedBefore, preview_statement, actor=desk.maker.actor, name="3", content=same, currency="CNY")


def test_a_discarded_file_may_come_again(desk):
    upload = previewed(desk, Said(5, "?", "A"))
    discard_upload(actor=desk.maker.actor, public_id=upload.public_id)
    refused(IllegalTransition, book_statement, actor=desk.maker.actor, public_id=upload.public_id)
    previewed(desk, Said(5, "?", "A"))


def test_a_wrong_file_leaves_nothing_and_says_where(desk):
    error = refused(
        FileRefused,
        preview_statement,
        actor=desk.maker.actor,
        name="x.csv",
        content="date,金额\n2026-11-02,5\n2026-11-02,五\n".encode(),
        currency="CNY",
    )
    assert (error.context["row"], error.context["column"]) == (3, "金额")


def test_only_finance_works_here(desk):
    batch_of = {"public_id": paid(desk).public_id}
    other = make_staff(StaffRole.OPERATIONS).actor
    for who in (other, SYSTEM):
        refused(Forbidden, preview_statement, actor=who, name="x", content=b"", currency="CNY")
        refused(Forbidden, draft_batch, actor=who, currency="CNY")
        for act in (book_statement, discard_upload, approve_batch, cancel_batch, file_of, book_confirmation):
            refused(Forbidden, act, actor=who, **batch_of)
        for act in (propose_send_back, approve_proposal, decline_proposal):
            refused(Forbidden, act, actor=who, **batch_of)
    refused(Forbidden, open_pay_in, actor=desk.maker.actor, reference="x", money=MONEY, payer="x")


def test_whoever_gathers_does_not_approve_in_the_program_and_in_the_database(desk):
    ordered(desk)
    refused(NothingQueued, draft_batch, actor=desk.maker.actor, currency="USD")
    batch = draft_batch(actor=desk.maker.actor, currency="CNY")
    refused(SamePerson, approve_batch, actor=desk.maker.actor, public_id=batch.public_id)
    refused(IllegalTransition, file_of, actor=desk.maker.actor, public_id=batch.public_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        Batch.objects.update(state="approved", approved_by=F("made_by"))
    third = make_staff(StaffRole.FINANCE)
    approvals = [partial(approve_batch, actor=who.actor, public_id=batch.public_id) for who in (desk.checker, third)]
    assert sorted(isinstance(one, IllegalTransition) for one in race(*approvals)) == [False, True]
    assert Event.objects.filter(name="bank_batch.approved").count() == 1


def test_a_file_is_the_same_each_time_and_ends_the_choice(desk):
    order = ordered(desk)
    batch = draft_batch(actor=desk.maker.actor, currency="CNY")
    cancel_batch(actor=desk.maker.actor, public_id=batch.public_id)
    order.refresh_from_db()
    assert (order.state, order.batch) == ("queued", None)
    sent = desk.sent()
    first, second = (file_of(actor=desk.checker.actor, public_id=sent.public_id) for _ in range(2))
    assert first == second
    assert CARD in first.decode()
    assert order.code in first.decode()
    assert Event.objects.filter(name="bank_batch.downloaded").count() == 3
    refused(IllegalTransition, cancel_batch, actor=desk.maker.actor, public_id=sent.public_id)
    for table, column in ((Order, "sealed_number"), (Batch, "sealed_file"), (Upload, "sealed_content")):
        assert CARD not in str(table.objects.values_list(column, flat=True)[:5])


def test_answers_that_are_not_of_this_batch_are_refused_by_name(desk):
    order = ordered(desk)
    batch = draft_batch(actor=desk.maker.actor, currency="CNY")
    given = {"actor": desk.maker.actor, "batch": batch.public_id, "name": "a.csv"}
    refused(NotSentYet, preview_confirmation, content=confirmation([(order, "成功", "")]), **given)
    desk.sent()
    order.amount_minor += 1
    error = refused(AnswersDiffer, preview_confirmation, content=confirmation([(order, "成功", "")]), **given)
    assert error.context["code"] == order.code
    order.amount_minor -= 1
    upload = preview_confirmation(content=confirmation([(order, "失败", "户名不符")]), **given)
    book = partial(book_confirmation, public_id=upload.public_id)
    refused(SamePerson, book, actor=desk.maker.actor)
    results = race(*(partial(book, actor=who.actor) for who in (desk.checker, make_staff(StaffRole.FINANCE))))
    assert sorted(isinstance(one, IllegalTransition) for one in results) == [False, True]
    assert Entry.objects.filter(kind="payout_returned").count() == 1
    late = confirmation([(order, "成功", "")])
    refused(AnswersDiffer, preview_confirmation, content=late, **given | {"name": "b.csv"})


def test_a_line_of_nobodys_needs_two_people(desk):
    desk.says((MONEY.amount_minor, "货款"))
    line, wanted, other = BankLine.objects.get(), pay_in(), pay_in("fnd_2", Money(1, "CNY"))
    at = {"public_id": line.public_id}
    refused(NoSuchPayIn, propose_assignment, actor=desk.maker.actor, code=other.code, **at)
    refused(NoSuchPayIn, propose_assignment, actor=desk.maker.actor, code="", **at)
    propose_assignment(actor=desk.maker.actor, code=wanted.code, **at)
    refused(SamePerson, approve_proposal, actor=desk.maker.actor, **at)
    decline_proposal(actor=desk.checker.actor, **at)
    refused(IllegalTransition, approve_proposal, actor=desk.checker.actor, **at)
    propose_send_back(actor=desk.maker.actor, **at)
    with pytest.raises(IntegrityError), transaction.atomic():
        BankLine.objects.update(decided_by=F("proposed_by"))
    third = make_staff(StaffRole.FINANCE)
    results = race(*(partial(approve_proposal, actor=who.actor, **at) for who in (desk.checker, third)))
    assert sorted(isinstance(one, IllegalTransition) for one in results) == [False, True]
    assert Order.objects.get().kind == "return"


def test_what_the_gateway_asks_twice_happens_once(desk):
    first = pay_in()
    assert pay_in() == first
    refused(OtherContent, pay_in, money=Money(1, "CNY"))
    hers = with_part(desk)
    line = BankLine.objects.get()
    moving = {"actor": SYSTEM, "payee": hers.public_id, "charge": line.public_id}
    move_to_payee(money=Money(8_000, "CNY"), reference="trf_1", **moving)
    refused(OtherContent, move_to_payee, money=Money(7_000, "CNY"), reference="trf_1", **moving)
    refused(MoreThanThere, move_to_payee, money=Money(2_001, "CNY"), reference="trf_2", **moving)
    out = {"actor": SYSTEM, "payee": hers.public_id}
    refused(NotEnoughThere, order_payout, money=Money(8_001, "CNY"), reference="pyo_1", **out)
    one = order_payout(money=Money(5_000, "CNY"), reference="pyo_1", **out)
    assert order_payout(money=Money(5_000, "CNY"), reference="pyo_1", **out) == one
    back = {"actor": SYSTEM, "transfer": Transfer.objects.get().public_id, "reference": "rev_1"}
    refused(NotEnoughThere, move_back, money=Money(3_001, "CNY"), **back)
    assert move_back(money=Money(3_000, "CNY"), **back) == move_back(money=Money(3_000, "CNY"), **back)
    refund = {"actor": SYSTEM, "charge": line.public_id, "reference": "rfd_1"}
    refused(MoreThanThere, order_refund, money=Money(5_001, "CNY"), **refund)
    results = race(*(partial(order_refund, money=Money(5_000, "CNY"), **refund) for _ in range(2)))
    assert results[0] == results[1]


def test_an_account_is_named_whole_or_not_at_all(desk):
    hers = open_payee(actor=SYSTEM, reference="pya_1", label="Xia Wei")
    named = {"actor": SYSTEM, "reference": "pya_1", "holder": "Xia Wei", "bank_name": "招商银行"}
    refused(BadAccountNumber, name_account, **named, number="6222 0212 3456 7890 129")
    refused(NoAccountNamed, name_account, **named | {"holder": " "}, number=CARD)
    refused(NoAccountNamed, order_payout, actor=SYSTEM, payee=hers.public_id, money=MONEY, reference="pyo_1")


def test_nothing_about_money_is_edited_or_deleted(desk):
    ordered(desk)
    for table in (BankLine, Order, PayIn, Upload, Entry, Transfer):
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.all()._raw_delete("default")
        if table is not Upload:
            with pytest.raises(DatabaseError), transaction.atomic():
                table.objects.update(amount_minor=F("amount_minor") + 1)
