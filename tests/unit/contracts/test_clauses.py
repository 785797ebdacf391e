"""What terms mean for a side, and what is unusual in them: from the terms alone, with words for each of it."""

from datetime import date, timedelta

import pytest

from marketplace.contracts.clauses.cards import cards
from marketplace.contracts.clauses.warnings import warnings
from marketplace.contracts.clauses.wording import CARDS, WARNINGS, in_words
from marketplace.contracts.terms import KILL_FEE_BP, DealTerms, DeliverableTerms
from marketplace.contracts.waterfall import waterfall
from marketplace.core.money import Money

DAY = date(2026, 12, 1)
SIDES = ("merchant", "anchor", "agency")


def deal(*kinds: str, **changed: object) -> DealTerms:
    owed = tuple(
        DeliverableTerms(kind=kind, title=kind, due_on=DAY, share_bp=10_000 // len(kinds or "1")) for kind in kinds
    )
    plain = {
        "price_model": "fixed",
        "currency": "CNY",
        "fee_minor": 1_000_000,
        "deliverables": owed,
        "publish_from": DAY,
        "publish_until": DAY + timedelta(days=9),
        "disclosure": "Ad",
    }
    return DealTerms(**(plain | changed))


def said(terms: DealTerms, side: str) -> list[str]:
    falls = waterfall(Money(terms.fee_minor, terms.currency), vat_bp=600, agency_share_bp=1_500)
    return [one.code for one in cards(terms, falls, side)]


def warned(terms: DealTerms, side: str = "anchor", *words: str) -> list[str]:
    return [one.code for one in warnings(terms, words, side)]


@pytest.mark.parametrize(
    ("kinds", "when"),
    [
        (("script", "draft"), "paid_when_approved"),
        (("video",), "paid_when_verified"),
        (("draft", "live"), "paid_in_parts"),
    ],
)
def test_when_money_comes_follows_from_what_is_owed(kinds, when):
    assert said(deal(*kinds), "anchor")[:2] == ["you_receive", when]
    assert said(deal(*kinds), "merchant")[0] == "you_pay"


def test_each_side_reads_its_own_sums():
    terms = deal("video")
    falls = waterfall(Money(1_000_000, "CNY"), vat_bp=600, agency_share_bp=1_500)
    first = {side: in_words(cards(terms, falls, side))[0] for side in SIDES}
    assert str(falls.money("pays")) in first["merchant"]
    assert str(Money(850_000, "CNY")) in first["anchor"]
    assert str(Money(150_000, "CNY")) in first["agency"]


def test_without_a_fee_nothing_is_said_of_cancelling():
    barter = deal("video", price_model="barter", fee_minor=0, gift="A tea set", cps_bp=0)
    assert said(barter, "anchor") == ["gift", "silence_hers", "rounds_then_none", "rights_shared_hers", "stays_up_hers"]
    assert said(barter, "merchant")[0] == "gift_owed"


def test_usual_terms_warn_of_nothing():
    assert [warned(deal("draft", "video"), side) for side in SIDES] == [[], [], []]


NO_KILL_FEE = KILL_FEE_BP | dict.fromkeys(("funded", "script_approved", "draft_delivered"), 0)


@pytest.mark.parametrize(
    ("changed", "words", "code"),
    [
        ({}, "Unlimited revisions, please", "endless_changes"),
        ({}, "改到满意为止", "endless_changes"),
        ({"revision_rounds": 5}, "", "many_rounds"),
        ({"rights_where": "everywhere, in perpetuity"}, "", "perpetual_rights"),
        ({"rights_months": 120}, "", "perpetual_rights"),
        ({}, "永久授权", "perpetual_rights"),
        ({"rights_months": 24}, "", "long_rights"),
        ({"holdback_bp": 1, "stay_up_days": 60}, "", "late_payment"),
        ({"review_days": 42}, "", "late_payment"),
        ({}, "A penalty of three times the fee", "penalty"),
        ({}, "迟到支付违约金", "penalty"),
        ({}, "Exclusive in all categories", "exclusivity"),
        ({}, "不得与其他茶品牌合作", "exclusivity"),
        ({"kill_fee_bp": NO_KILL_FEE}, "", "no_kill_fee"),
        ({"disclosure": " "}, "", "no_disclosure"),
    ],
)
def test_what_burdens_the_anchor_is_named_to_her_and_her_agency(changed, words, code):
    terms = deal("video", **changed)
    assert warned(terms, "anchor", words) == warned(terms, "agency", words) == [code]
    assert warned(terms, "merchant", words) in ([], ["no_disclosure"])


@pytest.mark.parametrize(
    ("changed", "code"),
    [
        ({"review_days": 1}, "short_review"),
        ({"revision_rounds": 0}, "no_changes"),
        ({"stay_up_days": 3}, "short_stay"),
        ({"kill_fee_bp": KILL_FEE_BP | {"funded": 10_000}}, "all_owed_at_once"),
    ],
)
def test_what_burdens_the_merchant_is_named_to_it(changed, code):
    assert warned(deal("video", **changed), "merchant") == [code]


def test_a_second_before_its_edge_nothing_is_warned_of():
    edges = {"revision_rounds": 4, "rights_months": 23, "holdback_bp": 1, "stay_up_days": 59, "review_days": 41}
    assert warned(deal("video", **edges)) == []
    assert warned(deal("video", holdback_bp=0, stay_up_days=365)) == []


def test_everything_that_can_be_found_has_words():
    rich = {"rights_where": "in shops", "gift": "Tea", "cps_bp": 500, "extra_round_minor": 9}
    for changed in ({}, rich):
        for paid_use in (False, True):
            for holdback in (0, 500):
                terms = deal("draft", "live", paid_use=paid_use, holdback_bp=holdback, **changed)
                for side in SIDES:
                    assert set(said(terms, side)) <= set(CARDS)
    falls = waterfall(Money(1, "CNY"), vat_bp=0)
    assert all("%(" not in words for words in in_words(cards(deal("video", **rich), falls, "anchor")))
    assert not set(CARDS) & set(WARNINGS)
