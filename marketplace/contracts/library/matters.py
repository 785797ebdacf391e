"""What every contract must say, whatever is agreed: obligatory matters, each by the placeholders that say it."""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Matter:
    """Said wherever all of `when` hold: by a clause for each placeholder. A matter without placeholders is said by a
    clause that is chosen for one of `when`."""

    code: str
    label: str
    placeholders: tuple[str, ...] = ()
    when: tuple[str, ...] = ()


KILL_FEE = (
    "kept_before_funds",
    "kept_before_work",
    "kept_after_script",
    "kept_after_draft",
    "kept_if_unpublished",
    "kept_if_absent",
)
ROUND = ("round_price", "round_pays", "round_platform_fee", "round_vat", "round_anchor_receives")
MATTERS = (
    Matter("head", _("number, title, day and version"), ("number", "title", "drafted_on", "template_version")),
    Matter("governs", _("that this language governs"), when=("governs",)),
    Matter("courtesy", _("that this text is a courtesy translation"), when=("not_governs",)),
    Matter("parties", _("the parties"), ("merchant", "merchant_number", "anchor", "anchor_number")),
    Matter("agency", _("the agency"), ("agency", "agency_number"), ("with_agency",)),
    Matter("guardian", _("the guardian"), ("guardian",), ("with_guardian",)),
    Matter("brief", _("the brief"), ("brief",)),
    Matter("publishing", _("when it is published"), ("publish_from", "publish_until")),
    Matter("stay_up", _("how long it stays up"), ("stay_up_days",)),
    Matter("disclosure", _("the disclosure"), ("disclosure",), ("with_disclosure",)),
    Matter("deliverables", _("what is owed, and what it releases"), ("deliverables",)),
    Matter("holdback", _("what is kept back"), ("holdback",), ("with_holdback",)),
    Matter("fee", _("the fee"), ("fee", "pays", "platform_fee", "vat", "anchor_receives"), ("with_fee",)),
    Matter("agency_share", _("the agency’s share"), ("agency_receives", "agency_rate"), ("with_fee", "with_agency")),
    Matter("commission", _("the commission"), ("commission",), ("with_commission",)),
    Matter("gift", _("what the anchor receives beside money"), ("gift",), ("with_gift",)),
    Matter("samples", _("the samples"), ("samples",), ("with_samples",)),
    Matter("review", _("the days to review"), ("review_days", "calendar", "time_zone")),
    Matter("rounds", _("the free rounds of changes"), ("revision_rounds",)),
    Matter("extra_round", _("the price of a further round"), ROUND, ("with_extra_round",)),
    Matter(
        "extra_round_share",
        _("the agency’s share of a further round"),
        ("round_agency_receives",),
        ("with_extra_round", "with_agency"),
    ),
    Matter("no_extra_round", _("that no further round can be bought"), when=("not_with_extra_round",)),
    Matter("rights", _("the rights"), ("rights_months",)),
    Matter("rights_where", _("where the work may be used"), ("rights_where",), ("with_rights_where",)),
    Matter("paid_use", _("that paid advertising is included"), when=("with_paid_use",)),
    Matter("no_paid_use", _("that paid advertising is not included"), when=("not_with_paid_use",)),
    Matter("kill_fee", _("what is kept if the merchant cancels"), KILL_FEE),
    Matter("signing", _("who signs, and where"), ("parties_section", "signing_place")),
    Matter("terms", _("the hash of what was agreed"), ("terms_sha256",)),
)
