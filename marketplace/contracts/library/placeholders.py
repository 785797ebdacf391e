"""What may stand in a clause's text: a closed list. `{{ fee }}` is a place for a value, not a language.

A placeholder whose value exists only under conditions names them in `needs`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

PLACE = re.compile(r"\{\{\s*([a-z0-9_]+)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Placeholder:
    label: str
    example: str
    needs: tuple[str, ...] = ()
    block: bool = False  # of as many lines as there are things


AGENCY = ("with_agency",)
ROUND = ("with_extra_round",)
PLACEHOLDERS: dict[str, Placeholder] = {
    "number": Placeholder(_("number of the contract"), "MO-7K2Q9D"),
    "title": Placeholder(_("title of the V task"), "Autumn oolong, live"),
    "drafted_on": Placeholder(_("day and time of drafting, UTC"), "5 November 2026, 09:30"),
    "template_version": Placeholder(_("version of these words"), "2026-11.2"),
    "merchant": Placeholder(_("name of the merchant, with its legal name"), "Chenyu Tea (Chenyu Tea Ltd)"),
    "merchant_number": Placeholder(_("number of the merchant"), "pty_4f…"),
    "anchor": Placeholder(_("name of the anchor, with her legal name"), "Xia Wei"),
    "anchor_number": Placeholder(_("number of the anchor"), "pty_81…"),
    "agency": Placeholder(_("name of the agency, with its legal name"), "North Quay", AGENCY),
    "agency_number": Placeholder(_("number of the agency"), "pty_c0…", AGENCY),
    "guardian": Placeholder(_("name of the guardian"), "Wei Min", ("with_guardian",)),
    "brief": Placeholder(_("the brief, a line for each part"), "Goal: …", block=True),
    "disclosure": Placeholder(_("words of disclosure"), "Ad for Chenyu Tea", ("with_disclosure",)),
    "publish_from": Placeholder(_("first day to publish"), "15 November 2026"),
    "publish_until": Placeholder(_("last day to publish"), "19 November 2026"),
    "stay_up_days": Placeholder(_("days that it stays up"), "30"),
    "deliverables": Placeholder(
        _("what is owed, a line for each, with day and release"), "1. Script, due on …", block=True
    ),
    "holdback": Placeholder(_("part that is kept back"), "10 %", ("with_holdback",)),
    "fee": Placeholder(_("fee"), "CNY 12,000.00", ("with_fee",)),
    "pays": Placeholder(_("what the merchant pays in all"), "CNY 12,636.00", ("with_fee",)),
    "platform_fee": Placeholder(_("platform fee"), "CNY 600.00", ("with_fee",)),
    "platform_fee_rate": Placeholder(_("platform fee, in percent"), "5 %"),
    "vat": Placeholder(_("VAT on the platform fee"), "CNY 36.00", ("with_fee",)),
    "vat_rate": Placeholder(_("VAT, in percent"), "6 %"),
    "agency_receives": Placeholder(_("what the agency receives of the fee"), "CNY 1,800.00", ("with_fee", *AGENCY)),
    "agency_rate": Placeholder(_("share of the agency, in percent"), "15 %", AGENCY),
    "anchor_receives": Placeholder(_("what the anchor receives of the fee"), "CNY 10,200.00", ("with_fee",)),
    "commission": Placeholder(_("commission, in percent"), "20 %", ("with_commission",)),
    "gift": Placeholder(_("what the anchor receives beside money"), "A tea set", ("with_gift",)),
    "samples": Placeholder(_("samples"), "Three tins, kept", ("with_samples",)),
    "review_days": Placeholder(_("business days to review"), "3"),
    "calendar": Placeholder(_("calendar of holidays"), "CN"),
    "time_zone": Placeholder(_("time zone"), "Asia/Shanghai"),
    "revision_rounds": Placeholder(_("free rounds of changes"), "2"),
    "round_price": Placeholder(_("price of a further round"), "CNY 1,200.00", ROUND),
    "round_pays": Placeholder(_("what the merchant pays for it in all"), "CNY 1,263.60", ROUND),
    "round_platform_fee": Placeholder(_("platform fee on a further round"), "CNY 60.00", ROUND),
    "round_vat": Placeholder(_("VAT on that platform fee"), "CNY 3.60", ROUND),
    "round_agency_receives": Placeholder(_("what the agency receives of it"), "CNY 180.00", (*ROUND, *AGENCY)),
    "round_anchor_receives": Placeholder(_("what the anchor receives of it"), "CNY 1,020.00", ROUND),
    "rights_where": Placeholder(_("where the merchant may use the work"), "in its own shops", ("with_rights_where",)),
    "rights_months": Placeholder(_("months of use"), "6"),
    "kept_before_funds": Placeholder(_("kill fee before funds are protected"), "0 %"),
    "kept_before_work": Placeholder(_("kill fee before work starts"), "10 %"),
    "kept_after_script": Placeholder(_("kill fee once a script is approved"), "30 %"),
    "kept_after_draft": Placeholder(_("kill fee once a draft is delivered"), "60 %"),
    "kept_if_unpublished": Placeholder(_("kill fee if approved work is not published"), "100 %"),
    "kept_if_absent": Placeholder(_("kill fee if the merchant misses a live"), "100 %"),
    "parties_section": Placeholder(_("number of the section that names the merchant"), "1"),
    "deliverables_section": Placeholder(_("number of the section with what is owed"), "3"),
    "signing_place": Placeholder(_("where it is signed"), "Mooring"),
    "terms_sha256": Placeholder(_("hash of what was agreed"), "9f86d0…"),
}


def named_in(text: str) -> list[str]:
    """Names in the order in which they first stand there, known or not."""
    return list(dict.fromkeys(PLACE.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> str:
    """One pass: a value that looks like a placeholder stays what it is. What has no value stays as it was typed."""
    return PLACE.sub(lambda found: values.get(found[1], found[0]), text)
