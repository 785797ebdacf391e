"""What opens a V task at once and what a person looks at first: rules as data, pure.

Sources: China's Advertising Law art. 9 (superlatives, state names), art. 14 and 28 (identifiable as advertising, no
false promises), art. 16 to 19 (medicine and health food); FTC 16 CFR 255 and ASA CAP code 2.1 (disclosure).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class Rule(StrEnum):
    SUPERLATIVE = "superlative"
    PROMISE = "promise"
    MEDICAL = "medical"
    FAKE_TRAFFIC = "fake_traffic"
    CONTACT = "contact"
    DISCLOSURE = "disclosure"
    HURRY = "hurry"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Hit:
    """A rule that was touched, where, and by which words."""

    rule: str
    field: str
    words: str = ""

    def as_json(self) -> dict[str, str]:
        return {"rule": self.rule, "field": self.field, "words": self.words}


def words(*patterns: str) -> re.Pattern[str]:
    return re.compile("|".join(patterns), re.I)


WORDS: dict[Rule, re.Pattern[str]] = {
    Rule.SUPERLATIVE: words(
        "国家级|世界级|最高级|最佳|第一品牌|全网第一|销量第一|顶级|极品|独一无二|绝无仅有|史无前例|首选",
        r"\bthe best (?:in|of)\b|\bworld.?s? best\b|\bnumber one\b|\bno\.? ?1\b|#1\b|\bunrivalled\b",
    ),
    Rule.PROMISE: words(
        "包治|根治|永不反弹|零风险|稳赚|保本|无效退款|百分之百|100%有效",
        r"\bguaranteed results?\b|\brisk.free\b|\b100 ?% (?:cure|effective|safe)\b|\bmiracle\b",
    ),
    Rule.MEDICAL: words(
        "治疗|治愈|疗效|处方|降血压|降血糖|抗癌|减肥药|祛疤",
        r"\bcures?\b|\bprescription\b|\bclinically proven\b|\bweight.loss pills?\b|\banti.?cancer\b",
    ),
    Rule.FAKE_TRAFFIC: words(
        "刷单|刷量|刷赞|买粉|好评返现|假一单",
        r"\bbuy (?:followers|likes|reviews)\b|\bfake (?:reviews|orders|likes)\b|\bfive.star review in return\b",
    ),
    Rule.CONTACT: words(
        "加微信|加我微信|私下转账|绕过平台|平台外付款",
        r"\bwhatsapp me\b|\bpay outside\b|\boff.platform\b",
    ),
}

# Categories in which a merchant's papers are looked at before its first task opens.
NEEDS_PAPERS = frozenset({"food", "beauty", "parenting"})
LEAST_NOTICE = timedelta(days=2)


def hits(
    texts: Mapping[str, str],
    *,
    category: str,
    disclosure: str,
    apply_by: date,
    publish_until: date,
    today: date,
    known_categories: Iterable[str],
) -> list[Hit]:
    """Every rule that a task touches, each field once a rule; none means that it may open at once.

    `known_categories` are those in which this merchant already had a task approved by a person.
    """
    found = [
        Hit(rule, field, match[0])
        for rule, pattern in WORDS.items()
        for field, text in texts.items()
        if (match := pattern.search(text))
    ]
    if not disclosure.strip():
        found.append(Hit(Rule.DISCLOSURE, "disclosure"))
    if publish_until - today < LEAST_NOTICE or publish_until < apply_by:
        found.append(Hit(Rule.HURRY, "publish_until"))
    if category in NEEDS_PAPERS and category not in set(known_categories):
        found.append(Hit(Rule.PAPERS, "category", category))
    return found
