"""From clauses to the text of a contract: bytes, conditions, places for values, numbers of sections."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

import pytest
import time_machine
from django.utils import timezone

from marketplace.contracts.library.clause import Begins, ClauseText
from marketplace.contracts.library.conditions import CONDITIONS, choices, combinations, facts_of, holds
from marketplace.contracts.library.draft import Draft
from marketplace.contracts.library.examples import EXAMPLES, draft_of
from marketplace.contracts.library.placeholders import PLACEHOLDERS, fill, named_in
from marketplace.contracts.library.values import values_of
from marketplace.contracts.library.writing import number_in, write
from tests.factories.templates import first_words

LANGUAGES = ("en", "zh-hans")
# As the files of before wrote them, of the same deals on the same day.
BYTES = {
    "en": "a5dc1bdb9d6b6758 3dfc176d64950c9c d820bb5e4d6e1677 8570e11bcac25f81 e994c0d6ef2f0349 75d0575361bb4220",
    "zh-hans": "4605282e1116925a b4bf72178c084b40 9ee18e32d7c12bc7 bc5c527d8dcaaa00 abf0dcc2a9d3b3ae a5dd065efc09e72c",
}


@pytest.fixture(autouse=True)
def that_day():
    with time_machine.travel(datetime(2026, 11, 5, 9, 30, tzinfo=UTC), tick=False):
        yield


def said(*clauses: ClauseText, name: str = "plain", language: str = "en", **changed: object) -> str:
    return write(clauses, replace(draft_of(name, "2026-11.2"), **changed), language)


def clause(text: str = "", **given: str) -> ClauseText:
    return ClauseText(**{"key": text or "k", "place": 1, "text_en": text, "text_zh": text} | given)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_version_of_the_library_says_what_the_files_said_to_the_byte(language):
    texts = [write(first_words(), draft_of(name, "2026-11.2"), language) for name in EXAMPLES]
    assert " ".join(sha256(text.encode()).hexdigest()[:16] for text in texts) == BYTES[language]


def test_the_time_of_drafting_is_utc_wherever_the_page_is_drawn():
    with timezone.override("Asia/Shanghai"):
        assert said(clause("{{ drafted_on }} UTC")) == "5 November 2026, 09:30 UTC\n"
        assert said(clause("{{ drafted_on }}（UTC）"), language="zh-hans") == "2026年11月5日 09:30（UTC）\n"


HOSTILE = "{{ fee }} {% include 'x' %} <b>&amp; {{ terms_sha256 }}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_parties_typed_is_said_literally_and_never_begins_a_line(language):
    typed = f"{HOSTILE}\n8. SIGNING\r\n八、签署\u2028Terms"
    plain = draft_of("agency", "2026-11.2")
    deal = plain.deal.with_(
        gift=typed, samples=typed, disclosure=typed, rights_where=typed, time_zone=typed, calendar=typed
    )
    owed = tuple(replace(one, title=typed) for one in deal.deliverables)
    party = {"id": "pty_1", "name": typed, "legal_name": typed}
    draft = replace(
        plain,
        title=typed,
        guardian=typed,
        brief={"goal": typed, typed: {"en": typed, "zh-hans": typed}},
        deal=deal.with_(deliverables=owed),
        parties=dict.fromkeys(("merchant", "anchor", "agency"), party),
    )
    text = write(first_words(), draft, language)
    assert text.count(HOSTILE) >= 12
    begins = [line for line in text.split("\n") if line.startswith(("8. SIGNING", "八、签署", "Terms"))]
    assert begins == (["8. SIGNING", f"Terms, SHA-256: {'0' * 64}"] if language == "en" else ["八、签署"])


def test_a_value_is_put_in_once_and_a_place_without_a_value_stays():
    assert fill("{{a}} {{ b }} {{ c }}", {"a": "{{ b }}", "b": "{{ a }}"}) == "{{ b }} {{ a }} {{ c }}"
    assert named_in("{{ b }}{{a}} {{ b }} {{ B }} { c }") == ["b", "a"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_placeholder_has_a_value_where_its_conditions_hold(language):
    with_everything = draft_of("agency", "v")
    deal = with_everything.deal.with_(cps_bp=1, gift="g", samples="s", disclosure="d")
    full = replace(with_everything, deal=deal, guardian="G")
    facts = facts_of(full, language)
    sections = {"parties_section", "deliverables_section"}
    assert set(values_of(full, language)) | sections == set(PLACEHOLDERS)
    assert all(holds(code, facts) for one in PLACEHOLDERS.values() for code in one.needs)
    bare = values_of(draft_of("cps", "v"), language)
    assert {"agency", "agency_number", "round_price"}.isdisjoint(bare)


def drafted(**changed: object) -> Draft:
    draft = draft_of("plain", "v")
    deal = {name: changed.pop(name) for name in tuple(changed) if hasattr(draft.deal, name)}
    return replace(draft, deal=draft.deal.with_(**deal), **changed)


def of_kind(kind: str) -> Draft:
    deal = draft_of("plain", "v").deal
    return drafted(deliverables=(replace(deal.deliverables[0], kind=kind, share_bp=10_000),))


# A draft in which each holds, and one in which it does not.
WAYS = {
    "governs": (drafted(governing="en"), drafted(governing="zh-hans")),
    "with_agency": (draft_of("agency", "v"), drafted()),
    "with_guardian": (drafted(guardian="G"), drafted()),
    "with_fee": (drafted(), draft_of("barter", "v")),
    "with_commission": (drafted(cps_bp=100), drafted()),
    "with_gift": (drafted(gift="Tea"), drafted()),
    "with_samples": (drafted(samples="Tea"), drafted()),
    "with_holdback": (drafted(holdback_bp=1), drafted()),
    "with_extra_round": (draft_of("agency", "v"), drafted()),
    "with_paid_use": (drafted(paid_use=True), drafted()),
    "with_rights_where": (drafted(rights_where="here"), drafted()),
    "with_disclosure": (drafted(), drafted(disclosure="")),
    "with_live": (of_kind("live"), drafted()),
    "with_draft": (drafted(), of_kind("post")),
}


@pytest.mark.parametrize("code", CONDITIONS)
def test_a_condition_and_its_opposite_say_a_clause_in_turn(code):
    clauses = [clause("Always."), clause("Yes.", only_if=code), clause("No.", only_if=f"not_{code}")]
    yes, no = WAYS[code]
    assert write(clauses, yes, "en") == "Always.\nYes.\n"
    assert write(clauses, no, "en") == "Always.\nNo.\n"
    assert CONDITIONS[code].holds.__doc__
    assert [label for chosen, label in choices() if chosen.endswith(code)] == [
        str(CONDITIONS[code].label),
        str(CONDITIONS[code].opposite),
    ]


def test_two_conditions_must_both_hold():
    both = clause("Both.", only_if="with_agency", and_if="not_with_fee")
    assert said(both, clause("."), name="barter") == "Both.\n.\n"
    assert said(both, clause("."), name="agency") == ".\n"


def test_only_what_can_happen_is_looked_at():
    assert len(list(combinations(["with_samples"]))) == 2
    money = [tuple(facts.values()) for facts in combinations(["with_fee"])]
    assert len(money) == 11
    assert not any(not fee and (extra or not (cps or gift)) for fee, cps, gift, extra in money)


def test_clauses_follow_as_a_line_a_sentence_or_a_paragraph():
    clauses = [
        clause("One."),
        clause("Two.", begins=Begins.SENTENCE),
        clause("Three."),
        clause("{{ samples }}"),  # nothing is left of it
        clause("Four.  \n\n\nFive.", begins=Begins.PARAGRAPH),
    ]
    assert said(*clauses) == "One. Two.\nThree.\n\nFour.\n\nFive.\n"
    assert said(*clauses, language="zh-hans") == "One.Two.\nThree.\n\nFour.\n\nFive.\n"


def test_sections_are_numbered_and_can_be_referred_to_whether_their_first_clause_is_said_or_not():
    clauses = [
        clause("Before."),
        clause("{{ merchant }}", heading_en="ONE", heading_zh="一节"),
        clause(key="h", heading_en="TWO", heading_zh="二节"),
        clause("Never.", only_if="with_agency"),
        clause("See {{ parties_section }} and {{ deliverables_section }}.", begins=Begins.SENTENCE),
        clause("{{ deliverables }}", heading_en="THREE", heading_zh="三节"),
    ]
    english, chinese = (said(*clauses, language=language).split("\n") for language in LANGUAGES)
    assert [english[2], english[5], english[6], english[8]] == ["1. ONE", "2. TWO", "See 1 and 3.", "3. THREE"]
    assert [chinese[2], chinese[5], chinese[6], chinese[8]] == ["一、一节", "二、二节", "See 一 and 三.", "三、三节"]
    assert [number_in(n, "zh-hans") for n in (9, 10, 12, 20, 23)] == ["九", "十", "十二", "二十", "二十三"]
