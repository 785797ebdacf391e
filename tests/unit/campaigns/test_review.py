from datetime import date, timedelta

import pytest

from marketplace.campaigns.review import WORDS, Rule, hits
from marketplace.campaigns.wording import REVIEW, said_hit

TODAY = date(2026, 11, 24)
CLEAN = {
    "texts": {"title": "Autumn oolong, live", "goal": "Show how it is brewed"},
    "category": "home",
    "disclosure": "Ad",
    "apply_by": TODAY + timedelta(days=3),
    "publish_until": TODAY + timedelta(days=10),
    "today": TODAY,
    "known_categories": [],
}


def found(**changed) -> list[tuple[str, str]]:
    return [(hit.rule, hit.field) for hit in hits(**(CLEAN | changed))]


def test_a_plain_task_opens_at_once():
    assert found() == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("全网第一的乌龙茶", Rule.SUPERLATIVE),
        ("The world's best tea", Rule.SUPERLATIVE),
        ("No. 1 in Fujian", Rule.SUPERLATIVE),
        ("三天根治失眠", Rule.PROMISE),
        ("Guaranteed results in a week", Rule.PROMISE),
        ("降血压的好茶", Rule.MEDICAL),
        ("It cures headaches", Rule.MEDICAL),
        ("五星好评返现", Rule.FAKE_TRAFFIC),
        ("We buy followers", Rule.FAKE_TRAFFIC),
        ("加微信聊", Rule.CONTACT),
        ("WhatsApp me first", Rule.CONTACT),
    ],
)
def test_words_that_a_person_looks_at(text, rule):
    assert found(texts={"title": "Tea", "do": text}) == [(rule, "do")]


@pytest.mark.parametrize("text", ["最近上市", "第一步先烫杯", "The best before date is shown", "secure packaging"])
def test_ordinary_words_are_left_alone(text):
    assert found(texts={"title": text}) == []


@pytest.mark.parametrize(
    ("changed", "rule"),
    [
        ({"disclosure": " "}, Rule.DISCLOSURE),
        ({"publish_until": TODAY + timedelta(days=1), "apply_by": TODAY}, Rule.HURRY),
        ({"apply_by": TODAY + timedelta(days=11)}, Rule.HURRY),
        ({"category": "food"}, Rule.PAPERS),
    ],
)
def test_facts_that_a_person_looks_at(changed, rule):
    assert [one for one, _field in found(**changed)] == [rule]


def test_papers_are_looked_at_once_a_category():
    assert found(category="food", known_categories=["food"]) == []


def test_every_rule_says_what_was_found_and_how_to_mend_it():
    assert set(REVIEW) == {rule.value for rule in Rule}
    assert set(WORDS) < set(Rule)
    for hit in hits(**(CLEAN | {"texts": {"do": "全网第一"}, "disclosure": ""})):
        assert all(said_hit(hit.as_json()))
