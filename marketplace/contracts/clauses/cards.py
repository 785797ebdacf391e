"""What a side gets, gives and risks by these terms, in the order in which people ask. Pure."""

from marketplace.contracts.clauses.found import Clause, percent
from marketplace.contracts.terms import DealTerms, ReleasesOn
from marketplace.contracts.waterfall import Waterfall

MERCHANT, ANCHOR, AGENCY = "merchant", "anchor", "agency"


def cards(deal: DealTerms, falls: Waterfall, side: str) -> list[Clause]:
    """`side` is merchant, anchor (her guardian, too) or agency."""
    for_her = side != MERCHANT
    found = _payment(deal, falls, side)
    found.append(Clause("silence_hers" if for_her else "silence_his", {"days": deal.review_days}))
    found.append(_rounds(deal, for_her))
    found.append(_rights(deal, for_her))
    if deal.fee_minor:
        found.append(_cancelling(deal, for_her))
    found.append(_staying_up(deal, for_her))
    return found


def _payment(deal: DealTerms, falls: Waterfall, side: str) -> list[Clause]:
    found = []
    if deal.fee_minor and side == MERCHANT:
        found.append(Clause("you_pay", {"sum": str(falls.money("pays"))}))
    elif deal.fee_minor:
        share = falls.money("agency" if side == AGENCY else "anchor")
        found += [Clause("you_receive", {"sum": str(share)}), Clause(_when(deal))]
    if deal.cps_bp:
        found.append(Clause("commission_owed" if side == MERCHANT else "commission", {"share": percent(deal.cps_bp)}))
    if deal.gift:
        found.append(Clause("gift_owed" if side == MERCHANT else "gift", {"gift": deal.gift}))
    return found


def _when(deal: DealTerms) -> str:
    """What money waits for: approval, the check after publishing, or both."""
    kinds = {one.releases_on for one in deal.deliverables if one.share_bp}
    if kinds == {ReleasesOn.APPROVED}:
        return "paid_when_approved"
    return "paid_when_verified" if kinds == {ReleasesOn.VERIFIED} else "paid_in_parts"


def _rounds(deal: DealTerms, for_her: bool) -> Clause:
    facts: dict[str, str | int] = {"rounds": deal.revision_rounds, "sum": str(deal.extra_round)}
    if not deal.extra_round_minor:
        return Clause("rounds_then_none", facts)
    return Clause("rounds_then_paid_to_you" if for_her else "rounds_then_paid", facts)


def _rights(deal: DealTerms, for_her: bool) -> Clause:
    facts: dict[str, str | int] = {"where": deal.rights_where, "months": deal.rights_months}
    code = "rights_named" if deal.rights_where else "rights_shared"
    return Clause(f"{code}{'_ads' if deal.paid_use else ''}_{'hers' if for_her else 'his'}", facts)


def _cancelling(deal: DealTerms, for_her: bool) -> Clause:
    rates = deal.kill_fee_bp
    facts: dict[str, str | int] = {
        "funded": percent(rates["funded"]),
        "delivered": percent(rates["draft_delivered"]),
        "approved": percent(rates["approved_unpublished"]),
    }
    return Clause("cancelled_hers" if for_her else "cancelled_his", facts)


def _staying_up(deal: DealTerms, for_her: bool) -> Clause:
    facts: dict[str, str | int] = {"days": deal.stay_up_days, "share": percent(deal.holdback_bp)}
    kept = "_kept_back" if deal.holdback_bp else ""
    return Clause(f"stays_up{kept}_{'hers' if for_her else 'his'}", facts)
