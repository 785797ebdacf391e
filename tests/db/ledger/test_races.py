"""Several at once. What the users see: no deadlock, no doubled journal, sums that hold (checked again at teardown)."""

from functools import partial

from marketplace.core.ids import new_id
from marketplace.core.money import Money
from marketplace.ledger.chart import AccountRef, Kind, world
from marketplace.ledger.errors import Overdraft
from marketplace.ledger.models import Journal
from marketplace.ledger.plan import Plan, PlannedLine
from marketplace.ledger.selectors import balance_of
from tests.db.ledger.conftest import make_wallet, post_all_now, post_now, top_up
from tests.support.races import race

WORLD = world("test_bank")


def gift(source, destination, amount: int, key: str | None = None) -> Plan:
    line = PlannedLine(source, destination, Money(amount, "CNY"))
    return Plan(kind="gift", key=key or new_id("gft"), reference="race", lines=(line,))


def accounts_without_lots(count: int):
    """Accounts that hold no lots, so that a gift between them is whole."""
    return [AccountRef(Kind.BANK, f"hot-{number}") for number in range(count)]


def test_eight_threads_over_ten_hot_accounts_never_deadlock_and_every_sum_holds(committed_db):
    hot = accounts_without_lots(10)
    for account in hot:
        post_now(gift(WORLD, account, 1_000_000))

    def work(worker: int):
        def run() -> int:
            posted = 0
            for n in range(60):
                source, destination = hot[(worker + n) % 10], hot[(worker * 3 + n * 7 + 1) % 10]
                if source == destination:
                    continue
                if n % 3 == 0:  # a batch crossing the others' order
                    post_all_now([gift(source, destination, 1), gift(destination, source, 1)])
                    posted += 2
                else:
                    post_now(gift(source, destination, 1))
                    posted += 1
            return posted

        return run

    results = race(*(work(n) for n in range(8)))
    assert [type(result) for result in results] == [int] * 8, results
    assert Journal.objects.filter(kind="gift").count() == sum(results) + 10
    assert sum(balance_of(account, "CNY").amount_minor for account in hot) == 10_000_000


def test_twenty_threads_with_one_key_post_one_journal(committed_db):
    plan = top_up(make_wallet(), 700)
    results = race(*[lambda: post_now(plan)] * 20)
    assert sum(result.is_new for result in results) == 1
    assert len({result.journal_id for result in results}) == 1


def test_an_account_opened_by_two_at_once_is_opened_once(committed_db):
    wallet = make_wallet()
    results = race(*(partial(post_now, top_up(wallet, 10)) for _ in range(8)))
    assert all(result.is_new for result in results), results
    assert balance_of(wallet, "CNY") == Money(80, "CNY")


def test_the_last_cent_is_spent_once(committed_db):
    (account,) = accounts_without_lots(1)
    post_now(gift(WORLD, account, 100))
    results = race(*(partial(post_now, gift(account, WORLD, 100)) for _ in range(10)))
    assert sum(isinstance(result, Overdraft) for result in results) == 9
    assert balance_of(account, "CNY") == Money(0, "CNY")
