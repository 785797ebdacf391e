"""Deals that a version is read in before it is published: each shows clauses that the others leave out."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from marketplace.contracts.library.draft import Draft
from marketplace.contracts.terms import DealTerms, DeliverableTerms
from marketplace.contracts.waterfall import Waterfall, waterfall
from marketplace.core import clock
from marketplace.core.money import Money

VAT_BP = 600
AGENCY_BP = 1_500
MERCHANT = {"id": "pty_chenyu", "name": "Chenyu Tea 辰屿茶", "legal_name": "Chenyu Tea Ltd"}
ANCHOR = {"id": "pty_xiawei", "name": "Xia Wei 夏薇", "legal_name": ""}
AGENCY = {"id": "pty_northquay", "name": "North Quay 北码头", "legal_name": "North Quay Culture Ltd"}
BRIEF = {
    "goal": {"en": "Show the autumn oolong, and how it is brewed.", "zh-hans": "介绍秋季乌龙，并现场冲泡。"},
    "avoid": {"en": "No talk of medicine.\nNo other brands.", "zh-hans": "不谈药效。\n不提其他品牌。"},
}


@dataclass(frozen=True, slots=True)
class Example:
    """`kinds` of what is owed, `changed` terms of a plain deal with a fee."""

    label: str
    changed: Mapping[str, object]
    kinds: tuple[str, ...] = ("video",)
    agency: bool = False
    guardian: str = ""
    governing: str = "zh-hans"


EXAMPLES: dict[str, Example] = {
    "plain": Example(_("A film for a fee"), {"extra_round_minor": 0, "disclosure": "Ad"}, ("script", "video")),
    "agency": Example(
        _("With an agency, a part kept back"),
        {"holdback_bp": 1_000, "rights_where": "in its own shops", "paid_use": True},
        ("draft", "video"),
        agency=True,
        governing="en",
    ),
    "guardian": Example(_("With a guardian"), {"samples": "Three tins of 50 g, hers to keep"}, guardian="Wei Min 卫敏"),
    "cps": Example(
        _("For a commission alone"),
        {"price_model": "cps", "fee_minor": 0, "extra_round_minor": 0, "cps_bp": 2_000},
        ("live",),
    ),
    "barter": Example(
        _("For goods"),
        {"price_model": "barter", "fee_minor": 0, "extra_round_minor": 0, "gift": "A tea set with two cups"},
        ("post",),
        agency=True,
    ),
    "live": Example(
        _("A live for fee and commission"), {"price_model": "fee_cps", "cps_bp": 1_000}, ("script", "live")
    ),
}


def draft_of(name: str, version: str) -> Draft:
    """Raises KeyError. Its days are counted from today."""
    example = EXAMPLES[name]
    deal = _deal(example)
    share = AGENCY_BP if example.agency else 0
    parties = {"merchant": MERCHANT, "anchor": ANCHOR} | ({"agency": AGENCY} if example.agency else {})
    return Draft(
        number="MO-EXAMPL",
        title="Autumn oolong 秋季乌龙",
        governing=example.governing,
        drafted_at=clock.now(),
        template_version=version,
        parties=parties,
        guardian=example.guardian,
        deal=deal,
        brief=BRIEF,
        falls=_falls(deal.fee_minor, share),
        a_round=_falls(deal.extra_round_minor, share) if deal.extra_round_minor else None,
        terms_sha256="0" * 64,
    )


def _deal(example: Example) -> DealTerms:
    today = clock.today()
    shares = {1: (10_000,), 2: (3_000, 7_000)}[len(example.kinds)]
    owed = tuple(
        DeliverableTerms(kind=kind, title=f"{kind.capitalize()} 1", due_on=today + timedelta(days=5), share_bp=share)
        for kind, share in zip(example.kinds, shares, strict=True)
    )
    plain = {
        "price_model": "fixed",
        "currency": "CNY",
        "fee_minor": 1_200_000,
        "extra_round_minor": 120_000,
        "deliverables": owed,
        "publish_from": today + timedelta(days=10),
        "publish_until": today + timedelta(days=14),
    }
    return DealTerms(**(plain | dict(example.changed)))


def _falls(minor: int, share_bp: int) -> Waterfall:
    return waterfall(Money(minor, "CNY"), vat_bp=VAT_BP, agency_share_bp=share_bp)
