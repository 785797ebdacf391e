from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.contracts.tax import RATES, vat_bp
from marketplace.contracts.terms import DealTerms, DeliverableTerms, changes, price_of_a_round, problems
from marketplace.contracts.waterfall import waterfall
from marketplace.core.money import Money

TODAY = date(2026, 11, 24)
TERMS = DealTerms(
    price_model="fixed",
    currency="CNY",
    fee_minor=1_200_000,
    deliverables=(
        DeliverableTerms(kind="draft", title="Script", due_on=TODAY + timedelta(days=3), share_bp=3_000),
        DeliverableTerms(kind="live", title="Live", due_on=TODAY + timedelta(days=9), share_bp=7_000),
    ),
    publish_from=TODAY + timedelta(days=8),
    publish_until=TODAY + timedelta(days=10),
)


def test_terms_survive_json():
    assert DealTerms.from_json(TERMS.as_json()) == TERMS
    assert problems(TERMS, today=TODAY) == []


@given(
    fee=st.integers(0, 10**12),
    shares=st.lists(st.integers(0, 10_000), min_size=1, max_size=6).filter(any),
)
def test_what_deliverables_release_always_adds_up_to_the_fee(fee, shares):
    items = tuple(DeliverableTerms(kind="post", title="x", due_on=TODAY, share_bp=share) for share in shares)
    assert sum(TERMS.with_(fee_minor=fee, deliverables=items).releases_minor) == fee


@pytest.mark.parametrize(
    ("changed", "problem"),
    [
        ({"deliverables": ()}, "no_deliverable"),
        ({"deliverables": TERMS.deliverables[:1]}, "shares_do_not_add_up"),
        ({"fee_minor": 0}, "fee_missing"),
        ({"price_model": "cps", "cps_bp": 1_000}, "fee_not_wanted"),
        ({"price_model": "fee_cps"}, "cps_missing"),
        ({"price_model": "fee_cps", "cps_bp": 8_001}, "cps_missing"),
        ({"price_model": "barter", "fee_minor": 0}, "gift_missing"),
        ({"publish_from": TODAY, "publish_until": TODAY - timedelta(days=1)}, "publish_in_the_past"),
        ({"publish_from": TODAY + timedelta(days=11)}, "publish_backwards"),
        ({"publish_until": TODAY + timedelta(days=8)}, "due_after_publishing"),
        (
            {"deliverables": tuple(replace(one, due_on=TODAY - timedelta(1)) for one in TERMS.deliverables)},
            "due_in_the_past",
        ),
        ({"holdback_bp": 2_001}, "holdback_too_large"),
        ({"extra_round_minor": -1}, "extra_round_out_of_bounds"),
        ({"extra_round_minor": 1_200_001}, "extra_round_out_of_bounds"),
        ({"price_model": "barter", "fee_minor": 0, "extra_round_minor": 1}, "extra_round_out_of_bounds"),
    ],
)
def test_impossible_terms_say_why(changed, problem):
    assert problem in problems(TERMS.with_(**changed), today=TODAY)


@pytest.mark.parametrize(
    ("fee", "currency", "price"),
    [
        (1_200_000, "CNY", 120_000),
        (999_995, "CNY", 100_000),
        (999_994, "CNY", 99_999),
        (4, "CNY", 1),
        (1, "JPY", 1),
        (0, "CNY", 0),
    ],
)
def test_a_further_round_costs_a_tenth_of_the_fee_and_at_least_something(fee, currency, price):
    assert price_of_a_round(fee, currency) == price


def test_its_price_follows_the_fee_until_somebody_names_one():
    usual = TERMS.with_(extra_round_minor=120_000)
    assert usual.with_fee(1_500_000).extra_round_minor == 150_000
    assert usual.with_(extra_round_minor=99_999).with_fee(1_500_000).extra_round_minor == 99_999
    assert TERMS.with_fee(1_500_000).extra_round_minor == 0  # none was to be had
    assert problems(usual.with_fee(1_500_000), today=TODAY) == []


def test_terms_from_before_there_was_a_price_have_none():
    old = TERMS.as_json()
    del old["extra_round_minor"]
    assert DealTerms.from_json(old).extra_round_minor == 0


def test_changes_name_what_differs_and_nothing_else():
    other = TERMS.with_(fee_minor=1_300_000, revision_rounds=3)
    assert [(one.name, one.before, one.after) for one in changes(TERMS, other)] == [
        ("fee_minor", 1_200_000, 1_300_000),
        ("revision_rounds", 2, 3),
    ]
    assert changes(TERMS, TERMS) == []


def test_the_waterfall_of_the_books():
    """CNY 12,000.00 at 5 % and 6 % VAT on that, the agency at 15 %."""
    falls = waterfall(Money(1_200_000, "CNY"), vat_bp=600, agency_share_bp=1_500)
    assert (falls.platform_fee_minor, falls.vat_minor, falls.pays_minor) == (60_000, 3_600, 1_263_600)
    assert (falls.agency_minor, falls.anchor_minor) == (180_000, 1_020_000)


@given(
    gross=st.integers(0, 10**12),
    vat=st.integers(0, 3_000),
    share=st.integers(0, 10_000),
    currency=st.sampled_from(["CNY", "JPY", "KWD"]),
)
def test_nothing_is_lost_on_the_way_down(gross, vat, share, currency):
    falls = waterfall(Money(gross, currency), vat_bp=vat, agency_share_bp=share)
    assert falls.pays_minor == falls.gross_minor + falls.platform_fee_minor + falls.vat_minor
    assert falls.gross_minor == falls.agency_minor + falls.withheld_minor + falls.anchor_minor
    assert min(falls.platform_fee_minor, falls.vat_minor, falls.agency_minor, falls.anchor_minor) >= 0


def test_a_rate_holds_from_its_day_and_has_a_source():
    assert vat_bp("CN", date(2016, 4, 30)) == 0
    assert vat_bp("CN", date(2016, 5, 1)) == 600
    assert vat_bp("", TODAY) == vat_bp("US", TODAY) == 0
    assert all(rate.source for rate in RATES)
