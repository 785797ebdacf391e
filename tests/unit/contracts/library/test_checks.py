"""What keeps a version from being published, and the difference that is read before."""

import pytest

from marketplace.contracts.library.checks import Finding, check
from marketplace.contracts.library.clause import ClauseText
from marketplace.contracts.library.conditions import label_of
from marketplace.contracts.library.difference import Run, changes, runs
from marketplace.contracts.library.matters import MATTERS
from marketplace.contracts.library.wording import FINDINGS, said_finding
from tests.factories.templates import changed, first_words


def found(clauses: list[ClauseText]) -> list[tuple[str, str, str]]:
    return [(one.code, one.key, one.column) for one in check(clauses)]


def test_the_first_version_can_be_published():
    assert check(first_words()) == []


@pytest.mark.parametrize(
    ("key", "columns", "expected"),
    [
        ("gift", {"text_zh": ""}, [("language_missing", "text_zh")]),
        ("signing", {"heading_en": ""}, [("language_missing", "heading_en")]),
        (
            "no-round",
            {"text_en": "", "text_zh": ""},
            [("language_missing", "text_en"), ("language_missing", "text_zh")],
        ),
        ("signing", {"heading_en": "Signing"}, [("heading_en_form", "heading_en")]),
        ("signing", {"heading_zh": "签 署"}, [("heading_zh_form", "heading_zh")]),
        ("signing", {"only_if": "with_samples"}, [("section_conditional", "only_if")]),
        (
            "no-round",
            {"text_en": "{{ feee }}"},
            [("placeholder_unknown", "text_en"), ("placeholders_differ", "text_zh")],
        ),
        ("no-round", {"text_en": "{{ Fee }}"}, [("braces", "text_en")]),
        ("no-round", {"text_zh": "{% if x %}"}, [("braces", "text_zh")]),
        ("money", {"heading_zh": "{{fee}}"}, [("braces", "heading_zh")]),
        ("money", {"heading_en": "{{ fee"}, [("heading_en_form", "heading_en"), ("braces", "heading_en")]),
        ("no-round", {"text_zh": "{{ review_days }}"}, [("placeholders_differ", "text_en")]),
        ("no-paid-use", {"and_if": "with_moon"}, [("condition_unknown", "and_if")]),
        ("agency", {"and_if": "not_with_agency"}, [("never_said", "and_if")]),
        ("round", {"and_if": "not_with_fee"}, [("never_said", "and_if")]),
        ("fee-agency", {"and_if": "with_gift"}, [("value_missing", "text_en"), ("value_missing", "text_zh")]),
        ("agency", {"only_if": ""}, [("value_missing", "text_en"), ("value_missing", "text_zh")]),
    ],
)
def test_what_is_wrong_with_a_clause_is_said_beside_its_field(key, columns, expected):
    wrong = found(changed(first_words(), key, **columns))
    assert {(code, column) for code, of, column in wrong if of == key} == set(expected)


def test_a_condition_that_brings_another_with_it_is_enough_for_a_value():
    """A further round can be bought only where there is a fee."""
    texts = {"text_en": "{{ fee }} {{ round_price }}", "text_zh": "{{ fee }}{{ round_price }}"}
    assert found([*first_words(), ClauseText(key="k", place=999, only_if="with_extra_round", **texts)]) == []


@pytest.mark.parametrize("gone", [one.key for one in first_words() if one.key not in {"protected", "round-funds"}])
def test_without_any_one_of_its_clauses_something_is_missing(gone):
    """All but two explanations, which no placeholder can be asked for: `money` and `rights` are headings."""
    left = [one for one in first_words() if one.key != gone]
    codes = {finding.code for finding in check(left)}
    assert codes == (set() if gone in {"money", "rights"} else {"matter_missing"})


def test_a_matter_is_missed_in_every_way_that_can_happen_and_the_finding_says_in_which():
    only_agencies = changed(first_words(), "fee-anchor", only_if="with_fee", and_if="with_samples")
    (finding,) = check(only_agencies)
    assert finding.of == ("fee", "anchor_receives")
    assert finding.where == {
        "with_fee": True,
        "with_agency": False,
        "with_samples": False,
    }
    sentence = said_finding(finding)
    for code in ("with_fee", "not_with_agency", "not_with_samples"):
        assert label_of(code) in sentence


def test_every_finding_and_every_matter_has_words():
    for code in set(FINDINGS) - {"matter_missing", "matter_always_missing"}:
        assert said_finding(Finding(code, "k", "text_en", ("fee", "with_fee")))
    for matter in MATTERS:
        assert str(matter.label) in said_finding(Finding("matter_missing", of=(matter.code,)))


def test_the_difference_is_of_words_places_and_single_characters():
    said = [(run.kind, run.text) for run in runs("It pays {{ fee }} now.", "It pays {{ pays }} now, twice.")]
    assert said == [
        ("", "It pays "),
        ("removed", "{{ fee }}"),
        ("added", "{{ pays }}"),
        ("", " now"),
        ("added", ", twice"),
        ("", "."),
    ]
    assert runs("不可加购修改轮次。", "不可加购轮次。") == [
        Run("", "不可加购"),
        Run("removed", "修改"),
        Run("", "轮次。"),
    ]


def test_clauses_that_come_go_move_or_change_their_conditions_are_told_apart():
    before = first_words()
    assert changes(before, before) == []
    new = ClauseText(key="new", place=1, text_en="New.", text_zh="新。")
    after = changed([*before[:2], new, *before[2:-3], before[-2], before[-1], before[-3]], "gift", only_if="with_fee")
    after = [one for one in after if one.key != "samples"]
    told = {one.key: (one.kind, one.moved, one.chosen, sorted(one.words)) for one in changes(before, after)}
    assert told == {
        "new": ("added", False, False, ["text_en", "text_zh"]),
        "gift": ("changed", False, True, []),
        "samples": ("removed", False, False, ["text_en", "text_zh"]),
        before[-3].key: ("changed", True, False, []),
    }
    assert [one.key for one in changes(before, after)] == ["new", "gift", "samples", before[-3].key]
