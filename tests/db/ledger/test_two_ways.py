"""A journal goes one of two ways into the books: alone by plain statements, or with others (or with lots, or with many
lines) set by set. Nobody can tell from the books which."""

from itertools import pairwise, product

import pytest
from django.db import DataError, ProgrammingError, connection, transaction
from psycopg import errors as pg

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountRef, Kind, world
from marketplace.ledger.errors import JournalKeyReused, Overdraft
from marketplace.ledger.models import Account, Balance, Journal, Line
from marketplace.ledger.plan import Plan, PlannedLine
from marketplace.ledger.selectors import balance_of, open_lots
from marketplace.ledger.steps.literals import texts
from marketplace.ledger.steps.posting import FEW_LINES, post_all
from tests.db.ledger.conftest import post_all_now, post_now, top_up

HOSTILE = [
    'a "quoted" word',
    "back\\slash",
    "ends in \\",
    '","',
    "{curly,braces}",
    "NULL",
    "'); DROP TABLE ledger_line; --",
    "%s $1 :name",
    "new\nline\ttab",
    "泊台 café 🛥",
    "",
]


def bank(name: str) -> AccountRef:
    return AccountRef(Kind.BANK, name)


def plan(name: str, amount: int = 7, key: str | None = None, lines: int = 1) -> Plan:
    line = PlannedLine(world("test_bank"), bank(name), Money(amount, "CNY"))
    return Plan(kind="gift", key=key or f"key {name}", reference=f"ref {name}", lines=(line,) * lines)


def alone(plan: Plan):
    return post_now(plan)


def beside_another(plan: Plan):
    return post_all_now([plan, Plan(kind="x", key=f"{plan.key} x", reference="x", lines=plan.lines[:1])])[0]


both_ways = pytest.mark.parametrize("way", [alone, beside_another])


@pytest.mark.django_db
@both_ways
@pytest.mark.parametrize("name", HOSTILE)
def test_names_and_keys_are_only_text(way, name):
    posted = way(plan(name))
    journal = Journal.objects.get(pk=posted.journal_id)
    assert (journal.idempotency_key, journal.reference) == (f"key {name}", f"ref {name}")
    assert Line.objects.filter(journal=journal).get().destination.code == f"bank:{name}"
    assert way(plan(name)).journal_id == posted.journal_id
    assert Account.objects.count() == 2


@pytest.mark.django_db
def test_a_charges_name_is_only_text(wallet):
    for name in HOSTILE[:-1]:
        post_now(top_up(wallet, 5, charge=name))
    assert [lot.charge for lot in open_lots(wallet)] == HOSTILE[:-1]


@pytest.mark.django_db
@both_ways
def test_a_name_that_postgresql_cannot_hold_is_refused_and_changes_nothing(way):
    with pytest.raises(DataError):
        way(plan("before\0after"))
    assert not Account.objects.exists()
    assert not Journal.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("first", "second"), [(alone, beside_another), (beside_another, alone)])
def test_what_one_way_posted_the_other_finds(first, second):
    posted = first(plan("a"))
    again = second(plan("a"))
    assert (again.journal_id, again.is_new) == (posted.journal_id, False)
    before = list(Balance.objects.order_by("pk").values_list("pk", "amount_minor"))
    with pytest.raises(JournalKeyReused):
        second(plan("a", amount=8))
    assert list(Balance.objects.order_by("pk").values_list("pk", "amount_minor")) == before


@pytest.mark.django_db
@pytest.mark.parametrize("lines", [2, FEW_LINES, FEW_LINES + 1])
def test_every_line_of_a_journal_arrives_in_its_order(lines):
    steps = [bank(str(n)) for n in range(lines)]
    chain = [world("test_bank"), *steps]
    moves = tuple(PlannedLine(a, b, Money(100 - n, "CNY")) for n, (a, b) in enumerate(pairwise(chain)))
    posted = post_now(Plan(kind="chain", key="chain", reference="x", lines=moves))
    rows = Line.objects.filter(journal_id=posted.journal_id).order_by("seq").values_list("seq", "amount_minor")
    assert list(rows) == [(n + 1, 100 - n) for n in range(lines)]
    assert [balance_of(step, "CNY").amount_minor for step in steps] == [1] * (lines - 1) + [101 - lines]


@pytest.mark.django_db
@both_ways
def test_an_overdraft_leaves_nothing_behind_not_even_the_account_it_was_for(way):
    way(plan("poor", amount=5))
    gift = Plan(
        kind="gift", key="too much", reference="x", lines=(PlannedLine(bank("poor"), bank("new"), Money(11, "CNY")),)
    )
    before = list(Balance.objects.order_by("pk").values_list("pk", "amount_minor"))
    with pytest.raises(Overdraft):
        way(gift)
    assert list(Balance.objects.order_by("pk").values_list("pk", "amount_minor")) == before
    assert not Account.objects.filter(code="bank:new").exists()


@pytest.mark.django_db
def test_no_plans_are_no_call():
    with transaction.atomic():
        assert post_all([]) == []


@pytest.mark.django_db
def test_the_program_cannot_open_an_account_beside_the_posting_functions():
    with pytest.raises(ProgrammingError) as refused, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT ledger_accounts('{a}', '{CNY}', '{bank}', '{NULL}', '{t}')")
    assert isinstance(refused.value.__cause__, pg.InsufficientPrivilege)


@pytest.mark.django_db
def test_postgresql_reads_every_text_as_it_was_written():
    """Every string of up to three of the characters that mean something in an array literal."""
    values = ["".join(letters) for length in range(4) for letters in product('"\\,{} aN', repeat=length)]
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::text[]", [texts(values)])
        assert cursor.fetchone()[0] == values
