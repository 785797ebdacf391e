"""Every commit and every call of the bank by hand, with the process killed right there.

One walk passes all of them. It is walked undisturbed, and once with a death at every point, each time gone on with by
whoever clicks or works next: the same end. `make torture` walks it once more for each point.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from django.test import override_settings

import marketplace.bank_rail.services
import marketplace.payments.services
from marketplace.bank_rail.models import BankLine, Batch, Entry, Order, PayIn, Upload
from marketplace.bank_rail.selectors import pay_in_of
from marketplace.bank_rail.services.batches import cancel_batch, draft_batch
from marketplace.bank_rail.services.desk import decline_proposal, propose_send_back
from marketplace.bank_rail.services.payees import name_account
from marketplace.bank_rail.services.statements import discard_upload, preview_statement
from marketplace.core import clock, faults, invariants
from marketplace.core.models import Event
from marketplace.core.money import Money
from marketplace.core.timers.fire import fire_due
from marketplace.ledger.models import FundingLot, Line
from marketplace.notifications.models import Notice
from marketplace.payments.flows.pay_out import open_account_page
from marketplace.payments.flows.refresh import refresh_account, refresh_funding, resolve_unknown
from marketplace.payments.flows.take_back import resolve_reversals
from marketplace.payments.gateways import bank_rail
from marketplace.payments.models import Funding, PayoutAccount, Refund, Transfer
from marketplace.payments.services.funding import ask_top_up
from marketplace.payments.services.payout_account import ask_payout_account
from marketplace.payments.services.payouts import ask_payout
from marketplace.payments.services.refunds import ask_refund
from marketplace.payments.services.reversals import take_transfer_back
from tests.db.payments.test_every_step_killed import database_of_its_own, use_cases
from tests.factories.deals import verify
from tests.factories.payees import released, with_second_factor
from tests.factories.people import Person, make_owner
from tests.factories.rail import CARD, Desk, Said, statement
from tests.support.kills import Killer, Massacre, again, each_by_itself
from tests.support.relay import due_now, relay_all

pytestmark = pytest.mark.timeout(300)

PAID_IN, PART = 1_000_000, 120_000
AGAIN = "bank_batch.downloaded"  # whoever did not get the file fetches it again, and that is kept
# Passed by the look-ups of a call that was never answered; the protocol's others are for webhooks that do not come.
NOT_HERE = {"transfer.get", "transfer.find", "payee.find", "refund.find", "payout.find", "pay_in.find"}
NOT_HERE |= {"transfer.reversals"}
# After deaths before it, the payee is looked for and found: she is not asked for once more.
FOUND = {"call:payee.create:after"}


def settle() -> None:
    for _ in range(3):
        due_now()
        again(relay_all)
        again(lambda: resolve_unknown(unchecked_for=timedelta(0)))
        again(lambda: resolve_reversals(unchecked_for=timedelta(0)))


def waits_for(merchant: Person, minor: int, key: str) -> PayIn:
    asked = again(lambda: ask_top_up(actor=merchant.actor, money=Money(minor, "CNY"), provider="bank_rail", key=key))
    settle()
    again(lambda: refresh_funding(Funding.objects.get(public_id=asked.public_id)))
    return pay_in_of(asked.public_id)


def unless(done: Callable[[], bool], act: Callable[[], object]) -> None:
    """A person looks whether it is done before she clicks again."""
    again(lambda: done() or act())


def everything_by_hand(desk: Desk, merchant: Person, anchor: Person) -> None:
    money_in(desk, merchant)
    account = again(lambda: ask_payout_account(actor=anchor.actor, provider="bank_rail"))
    again(lambda: open_account_page(PayoutAccount.objects.get(pk=account.pk)))
    named = {"reference": account.public_id, "holder": anchor.party.name, "bank_name": "招商银行", "number": CARD}
    again(lambda: name_account(actor=anchor.actor, **named))
    again(lambda: refresh_account(PayoutAccount.objects.get(pk=account.pk)))
    settle()
    for _ in range(2):
        released(merchant, (anchor.party, PART))
    settle()
    with time_machine.travel(clock.now() + timedelta(days=9), tick=True):
        again(fire_due)
        settle()
        money_out(desk, merchant, anchor)


def money_in(desk: Desk, merchant: Person) -> None:
    """As asked for; another amount, which goes back; nobody's, which is somebody's after all."""
    wanted, wrong = waits_for(merchant, PAID_IN, "in"), waits_for(merchant, 5_000, "wrong")
    discarded = statement([Said(1, "?", "X")])
    again(
        lambda: (
            Upload.objects.exists()
            or preview_statement(actor=desk.maker.actor, name="x.csv", content=discarded, currency="CNY")
        )
    )
    unless(
        Upload.objects.filter(state="discarded").exists,
        lambda: discard_upload(actor=desk.maker.actor, public_id=Upload.objects.get().public_id),
    )
    desk.says((PAID_IN, wanted.code), (4_999, wrong.code), (7_000, "货款"))
    settle()
    after_all = waits_for(merchant, 7_000, "more")
    desk.assigned(BankLine.objects.get(amount_minor=7_000), after_all)
    line = BankLine.objects.get(amount_minor=4_999)
    at = {"actor": desk.maker.actor, "public_id": line.public_id}
    proposed = Event.objects.filter(aggregate=line.public_id, name="bank_line.proposed")
    declined = Event.objects.filter(aggregate=line.public_id, name="bank_line.declined")
    unless(proposed.exists, lambda: propose_send_back(**at))
    unless(declined.exists, lambda: decline_proposal(**at))
    desk.sent_back(line)
    settle()
    cancelled = Batch.objects.filter(state="cancelled")
    unless(Batch.objects.exists, lambda: draft_batch(actor=desk.maker.actor, currency="CNY"))
    unless(
        cancelled.exists, lambda: cancel_batch(actor=desk.maker.actor, public_id=Batch.objects.earliest("pk").public_id)
    )
    batch = desk.sent()
    desk.answers(batch)
    settle()
    desk.answers(batch, "退汇", "账户已销户")
    settle()


def money_out(desk: Desk, merchant: Person, anchor: Person) -> None:
    """Of two transfers one is taken back, the other paid out; a part goes back to where it came from."""
    back = Transfer.objects.earliest("pk")
    again(lambda: take_transfer_back(actor=desk.maker.actor, public_id=back.public_id, reason="Fraud."))
    settle()
    again(lambda: ask_payout(actor=anchor.actor, currency="CNY", key="out"))
    lot = FundingLot.objects.earliest("pk")
    money = Money(PART, "CNY")
    again(lambda: ask_refund(actor=merchant.actor, lot_public_id=lot.public_id, money=money, key="back"))
    settle()
    desk.answers(desk.sent())
    settle()


def outcome() -> dict[str, object]:
    lines = Line.objects.values_list("journal__kind", "source__kind", "destination__kind", "amount_minor")
    rows = [row for model in (Funding, Refund, Transfer, PayIn, Order, BankLine) for row in model.objects.all()]
    return {
        "moved": sorted(lines),
        "happened": Counter(Event.objects.exclude(name=AGAIN).values_list("name", flat=True)),
        "told": Counter(Notice.objects.values_list("kind", flat=True)),
        "states": sorted(f"{type(row).__name__} {row.money} {row.state}" for row in rows),
        "at the bank": sorted(Entry.objects.values_list("kind", "amount_minor")),
    }


@pytest.fixture(scope="module")
def walk(django_db_setup, django_db_blocker) -> Iterator[Callable[[Killer], dict[str, object]]]:
    def walk(killer: Killer) -> dict[str, object]:
        with database_of_its_own(), by_hand():
            merchant, anchor = make_owner(), with_second_factor(make_owner("anchor", "Xia Wei"))
            verify(anchor.party, "payee")
            desk = Desk()
            with faults.installed(killer):
                everything_by_hand(desk, merchant, anchor)
            assert not invariants.violations()
            return outcome()

    with django_db_blocker.unblock():
        yield walk


def by_hand() -> override_settings:
    return override_settings(BANK_RAIL_ACCOUNT_NUMBER="4563510100881234567", SITE_URL="http://localhost:8000")


@pytest.fixture(scope="module")
def undisturbed(walk) -> tuple[list[str], dict[str, object]]:
    killer = Killer()
    return killer.passed, walk(killer)


def ours(point: str) -> bool:
    """Points of the factories are not the program's."""
    return point.startswith(("call:", "commit:bank_rail.", "commit:payments.", "commit:core.outbox.relay.mark_done"))


def test_killed_everywhere_it_comes_to_the_same_end(walk, undisturbed):
    killer = Massacre(ours)
    after = walk(killer)
    points, before = undisturbed
    assert killer.struck_at >= {point for point in points if ours(point)} - FOUND
    for part, was in before.items():
        assert after[part] == was, part


@each_by_itself
def test_killed_at_any_point_it_comes_to_the_same_end(walk, undisturbed):
    points, before = undisturbed
    for point in dict.fromkeys(filter(ours, points)):
        assert walk(Killer(point)) == before, point


def test_no_step_is_left_out(undisturbed):
    """Every use case of the rail and of suspense; every call that the walk's provider is asked for."""
    wanted = {f"commit:{name}" for name in use_cases(marketplace.bank_rail.services)}
    payments = use_cases(marketplace.payments.services)
    wanted |= {f"commit:{name}" for name in payments if ".suspense." in name or name.endswith("out_of_suspense")}
    calls = set(re.findall(r'"([a-z_]+\.[a-z_]+)",? ?\n? *lambda', Path(bank_rail.__file__).read_text()))
    assert "transfer.create" in calls
    wanted |= {f"call:{name}" for name in calls - NOT_HERE}
    assert {f"{point}:{when}" for point in wanted for when in ("before", "after")} - set(undisturbed[0]) == set()
