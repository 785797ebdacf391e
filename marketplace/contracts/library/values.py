"""The values of one draft in one language, by placeholder. What parties typed stays literal and never begins a line."""

from collections.abc import Mapping
from datetime import UTC, date
from decimal import Decimal

from django.utils.dateformat import format as format_date
from django.utils.translation import override

from marketplace.contracts.library.draft import Draft
from marketplace.contracts.terms import DeliverableTerms, ReleasesOn
from marketplace.contracts.waterfall import Waterfall
from marketplace.contracts.wording import BRIEF
from marketplace.core.money import Money

EN = "en"
STAGES = {
    "kept_before_funds": "before_funds",
    "kept_before_work": "funded",
    "kept_after_script": "script_approved",
    "kept_after_draft": "draft_delivered",
    "kept_if_unpublished": "approved_unpublished",
    "kept_if_absent": "merchant_absent",
}
OF_THE_FEE = {
    "fee": "gross",
    "pays": "pays",
    "platform_fee": "platform_fee",
    "vat": "vat",
    "agency_receives": "agency",
    "anchor_receives": "anchor",
}


def values_of(draft: Draft, language: str) -> dict[str, str]:
    """What has no value (an agency where there is none) is not in it."""
    deal = draft.deal
    with override(language):
        plain = {
            "number": draft.number,
            "title": literal(draft.title),
            "drafted_on": moment(draft, language),
            "template_version": draft.template_version,
            "guardian": literal(draft.guardian),
            "brief": brief_in(draft.brief, language),
            "disclosure": literal(deal.disclosure),
            "publish_from": day(deal.publish_from, language),
            "publish_until": day(deal.publish_until, language),
            "stay_up_days": str(deal.stay_up_days),
            "deliverables": deliverables_in(draft, language),
            "holdback": percent(deal.holdback_bp),
            "commission": percent(deal.cps_bp),
            "gift": literal(deal.gift),
            "samples": literal(deal.samples),
            "review_days": str(deal.review_days),
            "calendar": literal(deal.calendar),
            "time_zone": literal(deal.time_zone),
            "revision_rounds": str(deal.revision_rounds),
            "rights_where": literal(deal.rights_where),
            "rights_months": str(deal.rights_months),
            "signing_place": "Mooring" if language == EN else "泊台",
            "terms_sha256": draft.terms_sha256,
        }
        return plain | _parties(draft, language) | _money(draft) | _kept(draft)


def _parties(draft: Draft, language: str) -> dict[str, str]:
    found = {}
    for role, party in draft.parties.items():
        name, legal = literal(party["name"]), literal(party["legal_name"])
        around = "{} ({})" if language == EN else "{}（{}）"
        found[role] = around.format(name, legal) if legal else name
        found[f"{role}_number"] = party["id"]
    return found


def _money(draft: Draft) -> dict[str, str]:
    falls = draft.falls
    found = {name: str(falls.money(part)) for name, part in OF_THE_FEE.items()}
    found["platform_fee_rate"], found["vat_rate"] = percent(falls.platform_fee_bp), percent(falls.vat_bp)
    found["agency_rate"] = percent(falls.agency_share_bp)
    return found | _of_a_round(draft.a_round)


def _of_a_round(falls: Waterfall | None) -> dict[str, str]:
    if falls is None:
        return {}
    names = {name if name != "fee" else "price": part for name, part in OF_THE_FEE.items()}
    return {f"round_{name}": str(falls.money(part)) for name, part in names.items()}


def _kept(draft: Draft) -> dict[str, str]:
    return {name: percent(draft.deal.kill_fee_bp[stage]) for name, stage in STAGES.items()}


def brief_in(brief: Mapping[str, str | Mapping[str, str]], language: str) -> str:
    colon = ": " if language == EN else "："
    lines = []
    for code, text in brief.items():
        said = text[language] if isinstance(text, Mapping) else text
        lines.append(f"{literal(str(BRIEF.get(code, code)))}{colon}{literal(said.strip())}")
    return "\n".join(lines)


def deliverables_in(draft: Draft, language: str) -> str:
    deal = draft.deal
    lines = []
    for place, (item, minor) in enumerate(zip(deal.deliverables, deal.releases_minor, strict=True), start=1):
        releases = str(Money(minor, deal.currency)) if minor else ""
        say = _owed_in_english if language == EN else _owed_in_chinese
        lines.append(f"{place}. {say(item, releases)}")
    return "\n".join(lines)


def _owed_in_english(item: DeliverableTerms, releases: str) -> str:
    owed = f"{literal(item.title)}, due on {day(item.due_on, EN)}"
    if not releases:
        return f"{owed}."
    when = "approved" if item.releases_on == ReleasesOn.APPROVED else "verified after publishing"
    return f"{owed}: releases {releases} when it is {when}."


def _owed_in_chinese(item: DeliverableTerms, releases: str) -> str:
    owed = f"{literal(item.title)}，{day(item.due_on, 'zh-hans')}前交付"
    if not releases:
        return f"{owed}。"
    when = "验收通过" if item.releases_on == ReleasesOn.APPROVED else "发布并核验"
    return f"{owed}：{when}后放款 {releases}。"


def literal(text: str) -> str:
    """A second line of what a party typed can never look like a clause of ours."""
    return "\n    ".join(text.splitlines())


def day(on: date, language: str) -> str:
    return format_date(on, "j F Y" if language == EN else "Y年n月j日")


def moment(draft: Draft, language: str) -> str:
    """In UTC, whatever zone the reader's page is drawn in."""
    at = draft.drafted_at.astimezone(UTC)
    return format_date(at, "j F Y, H:i" if language == EN else "Y年n月j日 H:i")


def percent(rate_bp: int) -> str:
    return f"{(Decimal(rate_bp) / 100).normalize():f} %"
