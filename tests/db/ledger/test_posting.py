import pytest

from marketplace.core import invariants
from marketplace.core.money import Money
from marketplace.core.tx import OutsideTransaction, use_case
from marketplace.ledger import chart, plans
from marketplace.ledger.errors import JournalKeyReused, LotExhausted, Overdraft
from marketplace.ledger.models import FundingLot, Journal, Line
from marketplace.ledger.plan import Plan, PlannedLine
from marketplace.ledger.selectors import balance_of, open_lots
from marketplace.ledger.steps.posting import post
from tests.db.ledger.conftest import make_wallet, post_all_now, post_now, top_up


@pytest.mark.django_db
def test_a_top_up_arrives_and_the_world_owes_it(wallet):
    post_now(top_up(wallet, 12_600_00))
    assert balance_of(wallet, "CNY") == Money(12_600_00, "CNY")
    assert balance_of(chart.world("test_bank"), "CNY") == Money(-12_600_00, "CNY")
    assert open_lots(wallet).get().remaining_minor == 12_600_00
    assert invariants.violations() == []


@pytest.mark.django_db
def test_the_same_plan_twice_is_one_journal(wallet):
    plan = top_up(wallet, 500)
    first, second = post_now(plan), post_now(plan)
    assert (first.is_new, second.is_new) == (True, False)
    assert first.journal_id == second.journal_id
    assert balance_of(wallet, "CNY") == Money(500, "CNY")
    assert Line.objects.count() == 1


@pytest.mark.django_db
def test_a_second_journal_with_one_key_and_other_content_is_refused(wallet):
    post_now(top_up(wallet, 500, charge="chg_1"))
    with pytest.raises(JournalKeyReused):
        post_now(top_up(wallet, 501, charge="chg_1"))
    assert balance_of(wallet, "CNY") == Money(500, "CNY")
    assert Journal.objects.count() == 1


@pytest.mark.django_db
def test_an_overdraft_is_refused_and_changes_nothing(wallet):
    post_now(top_up(wallet, 500))
    other = make_wallet()
    plan = Plan(kind="gift", key="gift", reference="x", lines=(PlannedLine(wallet, other, Money(501, "CNY")),))
    with pytest.raises(Overdraft):
        post_now(plan)
    assert balance_of(wallet, "CNY") == Money(500, "CNY")
    assert not Journal.objects.filter(kind="gift").exists()


@pytest.mark.django_db
def test_a_lot_is_never_used_for_more_than_it_holds(wallet):
    post_now(top_up(wallet, 300))
    post_now(top_up(wallet, 300))
    lot = open_lots(wallet).first()
    with pytest.raises(LotExhausted):
        post_now(
            plans.refund_started(
                refund="r", source=wallet, provider="test_bank", lot_id=lot.pk, money=Money(301, "CNY")
            )
        )
    lot.refresh_from_db()
    assert lot.remaining_minor == 300
    assert balance_of(wallet, "CNY") == Money(600, "CNY")


@pytest.mark.django_db
def test_a_refund_leaves_in_two_journals_and_can_come_back(wallet):
    post_now(top_up(wallet, 1_000))
    lot = open_lots(wallet).get()
    facts = {"source": wallet, "provider": "test_bank", "lot_id": lot.pk}
    post_now(plans.refund_started(refund="rfd_1", money=Money(400, "CNY"), **facts))
    assert balance_of(chart.clearing("test_bank"), "CNY") == Money(400, "CNY")
    post_now(plans.refund_done(refund="rfd_1", provider="test_bank", money=Money(400, "CNY")))
    post_now(plans.refund_started(refund="rfd_2", money=Money(600, "CNY"), **facts))
    assert open_lots(wallet).count() == 0
    back = {"source": wallet, "lot_id": lot.pk, "out_of": chart.clearing("test_bank")}
    post_now(plans.refund_returned(refund="rfd_2", money=Money(600, "CNY"), **back))
    assert balance_of(wallet, "CNY") == Money(600, "CNY")
    assert balance_of(chart.clearing("test_bank"), "CNY") == Money(0, "CNY")
    assert balance_of(chart.world("test_bank"), "CNY") == Money(-600, "CNY")
    assert FundingLot.objects.get().remaining_minor == 600
    assert invariants.violations() == []


@pytest.mark.django_db
def test_a_batch_posts_all_or_nothing(wallet):
    ok = [top_up(wallet, 100) for _ in range(5)]
    assert all(posted.is_new for posted in post_all_now(ok))
    bad = Plan(kind="gift", key="g", reference="x", lines=(PlannedLine(wallet, make_wallet(), Money(9_999, "CNY")),))
    with pytest.raises(Overdraft):
        post_all_now([top_up(wallet, 100), bad])
    assert balance_of(wallet, "CNY") == Money(500, "CNY")


@pytest.mark.django_db
def test_a_batch_with_an_old_plan_posts_only_the_new_ones(wallet):
    old, new = top_up(wallet, 100), top_up(wallet, 7)
    first = post_now(old)
    again, fresh = post_all_now([old, new])
    assert (again.journal_id, again.is_new, fresh.is_new) == (first.journal_id, False, True)
    assert balance_of(wallet, "CNY") == Money(107, "CNY")


@pytest.mark.django_db
def test_a_reversal_undoes_a_journal_once(wallet):
    plan = Plan(
        kind="fee",
        key="fee",
        reference="x",
        lines=(PlannedLine(chart.world("test_bank"), chart.suspense(), Money(5, "JPY")),),
    )
    posted = post_now(plan)
    back = plans.reversal(of=plan, journal_id=posted.journal_id)
    post_now(back)
    assert post_now(back).is_new is False
    assert balance_of(chart.suspense(), "JPY") == Money(0, "JPY")
    assert Journal.objects.get(pk=posted.journal_id).reversed_by.kind == "reversal_of_fee"


def test_posting_outside_a_use_case_is_a_mistake_that_is_told(committed_db):
    with pytest.raises(OutsideTransaction):
        post(top_up(make_wallet(), 1))


@pytest.mark.django_db
def test_currencies_live_side_by_side_and_never_mix(wallet):
    post_now(top_up(wallet, 100, "CNY"))
    post_now(top_up(wallet, 1_000, "JPY"))
    post_now(top_up(wallet, 5_000, "KWD"))
    assert [balance_of(wallet, c).amount_minor for c in ("CNY", "JPY", "KWD")] == [100, 1_000, 5_000]


@pytest.mark.django_db
def test_a_use_case_that_fails_later_has_posted_nothing(wallet):
    @use_case
    def half_done():
        post(top_up(wallet, 100))
        raise RuntimeError("after the posting")

    with pytest.raises(RuntimeError):
        half_done()
    assert balance_of(wallet, "CNY") == Money(0, "CNY")
