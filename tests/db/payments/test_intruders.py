"""What was done to the bank's books or to ours is found exactly, and nothing else."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import psycopg
import pytest
import time_machine

from marketplace.core import clock
from marketplace.core.models import Event
from marketplace.ledger.models import Journal
from marketplace.notifications.models import Notice, OutgoingMail
from marketplace.payments.models import (
    Difference,
    Refund,
    Transfer,
)
from tests.factories.payees import released
from tests.support.intruder import into_our_books, into_the_banks
from tests.support.reconciled_month import (
    LATER,
    PROVIDER,
    a_month,
    anchor,
    compare,
    finance,
    found,
    merchant,
    month,
    settle,
)

__all__ = ["a_month", "anchor", "finance", "merchant", "month"]


def leg(bank: psycopg.Connection, kind: str) -> int:
    """The platform's leg of the only posting of a kind, or of the first."""
    return bank.execute(
        "SELECT leg.id FROM standin_leg leg JOIN standin_posting posting ON posting.id = leg.posting_id"
        " JOIN standin_account account ON account.id = leg.account_id"
        " WHERE posting.kind = %s AND account.kind = 'platform' ORDER BY leg.id LIMIT 1",
        [kind],
    ).fetchone()[0]


def drop_a_refund_there(bank: psycopg.Connection) -> None:
    bank.execute("DELETE FROM standin_leg WHERE id = %s", [leg(bank, "refund")])


def charge_more_there(bank: psycopg.Connection) -> None:
    bank.execute("UPDATE standin_leg SET amount_minor = amount_minor + 700 WHERE id = %s", [leg(bank, "charge")])


def transfer_twice_there(bank: psycopg.Connection) -> None:
    bank.execute(
        "WITH copy AS (INSERT INTO standin_posting (kind, subject, reference, posted_at)"
        " SELECT kind, 'trf_copy', reference, posted_at FROM standin_posting WHERE id ="
        " (SELECT posting_id FROM standin_leg WHERE id = %(leg)s) RETURNING id)"
        " INSERT INTO standin_leg (posting_id, account_id, amount_minor, balance_minor)"
        " SELECT copy.id, account_id, amount_minor, 670000 FROM standin_leg, copy WHERE standin_leg.id = %(leg)s",
        {"leg": leg(bank, "transfer")},
    )


def charge_of_a_stranger_there(bank: psycopg.Connection) -> None:
    bank.execute(
        "WITH copy AS (INSERT INTO standin_posting (kind, subject, reference, posted_at)"
        " SELECT kind, 'chg_foreign', 'order 77', posted_at FROM standin_posting WHERE kind = 'charge' LIMIT 1"
        " RETURNING id) INSERT INTO standin_leg (posting_id, account_id, amount_minor, balance_minor)"
        " SELECT copy.id, account_id, 900, 790900 FROM standin_leg, copy WHERE standin_leg.id = %s",
        [leg(bank, "charge")],
    )


def charge_in_other_money_there(bank: psycopg.Connection) -> None:
    bank.execute(
        "UPDATE standin_leg SET account_id = (SELECT id FROM standin_account WHERE kind = 'platform'"
        " AND currency = 'JPY') WHERE id = %s",
        [leg(bank, "charge")],
    )


def payout_of_a_stranger_there(bank: psycopg.Connection) -> None:
    bank.execute(
        "INSERT INTO standin_event (id, type, object, created_at, channel, account, cause)"
        " SELECT 'evt_foreign', type, jsonb_set(object::jsonb, '{reference}', '\"salary\"'), created_at, channel,"
        " account, cause FROM standin_event WHERE type = 'payout.created' ORDER BY seq LIMIT 1"
    )


def of(kind: str, model: type, place: int = 0) -> Callable[[], str]:
    """The reference of ours that a kind of line carries."""

    def reference() -> str:
        return model.objects.order_by("pk")[place].public_id

    return reference


def funding() -> str:
    return Journal.objects.filter(kind="top_up").order_by("pk").first().reference


THERE = {
    drop_a_refund_there: ("missing_there", "refund", of("refund", Refund), -30_000, None),
    charge_more_there: ("amount", "charge", funding, 1_000_000, 1_000_700),
    transfer_twice_there: ("twice_there", "transfer", of("transfer", Transfer), -120_000, -240_000),
    charge_of_a_stranger_there: ("foreign", "charge", lambda: "order 77", None, 900),
    charge_in_other_money_there: ("currency", "charge", funding, 1_000_000, 1_000_000),
    payout_of_a_stranger_there: ("foreign", "payout", lambda: "salary", None, -180_000),
}


@pytest.mark.parametrize("intrusion", THERE, ids=lambda intrusion: intrusion.__name__)
@pytest.mark.parametrize("compared_before", [False, True])
def test_what_was_done_to_the_banks_books_is_found_and_nothing_else(month, finance, intrusion, compared_before):
    if compared_before:
        assert compare().state == "agrees"
    with into_the_banks(month.database) as bank:
        intrusion(bank)
    before = Journal.objects.count()
    run = compare(whole=True)
    cause, kind, reference, here, there = THERE[intrusion]
    assert found() == [(cause, kind, reference(), here, there)]
    assert (run.state, run.new_differences) == ("differs", 1)
    assert Journal.objects.count() == before
    notice = Notice.objects.get(kind="books_differ")
    assert (notice.user, notice.facts) == (finance.user, {"provider": PROVIDER, "count": 1})
    assert OutgoingMail.objects.filter(to=finance.user.email, subject__contains="differ").count() == 1


@contextmanager
def undone(*statements: tuple[str, str]) -> Iterator[None]:
    """Each statement into our books, and back when the test has looked."""
    with into_our_books() as ours:
        for done, _back in statements:
            ours.execute(done)
        yield
        for _done, back in statements:
            ours.execute(back)


ONE_TRANSFER = "(SELECT min(id) FROM ledger_journal WHERE kind = 'transferred')"
DROPPED_HERE = (
    f"UPDATE ledger_journal SET kind = 'mislaid' WHERE id = {ONE_TRANSFER}",
    "UPDATE ledger_journal SET kind = 'transferred' WHERE kind = 'mislaid'",
)
ALTERED_HERE = (
    f"UPDATE ledger_line SET amount_minor = amount_minor - 1 WHERE journal_id = {ONE_TRANSFER}",
    f"UPDATE ledger_line SET amount_minor = amount_minor + 1 WHERE journal_id = {ONE_TRANSFER}",
)
# That it was done says once more that it was sent.
TWICE_HERE = (
    "UPDATE ledger_journal SET kind = 'refund_started' WHERE kind = 'refund_done'",
    "UPDATE ledger_journal SET kind = 'refund_done' WHERE idempotency_key LIKE 'refund_done%'",
)


@pytest.mark.parametrize(
    ("intrusion", "cause", "kind", "model", "here", "there"),
    [
        (DROPPED_HERE, "missing_here", "transfer", Transfer, None, -120_000),
        (ALTERED_HERE, "amount", "transfer", Transfer, -119_999, -120_000),
        (TWICE_HERE, "twice_here", "refund", Refund, -60_000, -30_000),
    ],
)
def test_what_was_done_to_our_books_is_found_and_nothing_else(month, intrusion, cause, kind, model, here, there):
    reference = model.objects.order_by("pk")[0].public_id
    with undone(intrusion):
        run = compare()
        assert found() == [(cause, kind, reference, here, there)]
        assert (run.state, run.new_differences) == ("differs", 1)
    healed = compare()
    assert found() == []
    assert (healed.state, healed.new_differences, healed.resolved_differences) == ("agrees", 0, 1)
    gone = Difference.objects.get()
    assert (gone.state, gone.closed_at is not None) == ("resolved", True)
    assert Event.objects.filter(aggregate=gone.public_id, name="difference.resolved").count() == 1


def test_a_total_that_no_item_explains_is_a_difference_of_its_own(month):
    with into_the_banks(month.database) as bank:
        bank.execute(
            "UPDATE standin_leg SET balance_minor = balance_minor + 5"
            " WHERE id = (SELECT max(leg.id) FROM standin_leg leg JOIN"
            " standin_account account ON account.id = leg.account_id WHERE account.kind = 'platform'"
            " AND account.currency = 'CNY')"
        )
    compare()
    assert found() == [("total", "balance", "", 790_000, 790_005)]


def test_a_payee_who_has_less_at_the_bank_than_we_think_is_a_difference(month, anchor, merchant):
    """Her lines agree, what stands there does not."""
    released(merchant, (anchor.party, 10_000))
    settle()
    account = anchor.party.payout_accounts.get().provider_payee
    with into_the_banks(month.database) as bank:
        bank.execute("UPDATE standin_account SET balance_minor = balance_minor - 4 WHERE owner = %s", [account])
    with time_machine.travel(clock.now() + timedelta(days=8), tick=True):
        compare()
    [difference] = Difference.objects.all()
    assert (difference.cause, difference.payee) == ("total", account)
    assert (str(difference.here), str(difference.there)) == ("CNY 100.00", "CNY 99.96")


def test_a_transfer_taken_back_at_the_bank_is_missing_here_and_no_total_says_it_again(month, anchor, merchant):
    [transfer] = released(merchant, (anchor.party, 10_000))
    settle()
    there = Transfer.objects.get(pk=transfer.pk).provider_transfer
    back = {"amount_minor": 4_000, "reference": transfer.public_id}
    assert month.post(f"/api/transfers/{there}/reversals", back).is_success
    with time_machine.travel(clock.now() + LATER, tick=True):
        compare()
    assert found() == [("missing_here", "transfer_reversed", transfer.public_id, None, 4_000)]
