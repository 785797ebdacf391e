"""What contracts say in people's words."""

from datetime import date
from typing import TYPE_CHECKING

from django.template.defaultfilters import date as format_date
from django.utils.translation import gettext, ngettext, override
from django.utils.translation import gettext_lazy as _

from marketplace.contracts.terms import Change, DealTerms, changes
from marketplace.core.money import Money

if TYPE_CHECKING:
    from marketplace.contracts.models import Amendment

SENTENCES = {
    "not_a_signer": _("You cannot sign this one: only those whom the contract names can."),
    "already_signed": _("Your side has signed already."),
    "document_changed": _("This is not the text that you were shown. Read it again, then sign."),
    "not_sealed_yet": _("The sealed PDF is being made. Come back in a moment."),
    "too_many_checks": _("More files are being checked than we can look at. Try again in a few minutes."),
    "anchor_not_verified": _("%(name)s has to be verified before anyone signs: age and name must be known."),
    "self_dealing": _("%(one)s and %(other)s share people or a company, so they cannot make a deal with each other."),
}

SENTENCES |= {
    "no_work_before_funds": _("Work goes on only while the contract runs and its funds are protected."),
    "nothing_handed_in": _("Add a file or a link: there is nothing to look at yet."),
    "nothing_said": _("Say in a sentence what became of it."),
    "under_dispute": _("There is a dispute about it. It stands still until that is settled."),
    "funds_frozen": _("The payer’s bank holds the money of this contract. It stands still until the bank has decided."),
    "not_payable": _("It cannot be paid any more: it is paid already, or its time is over."),
    "not_enough_set_aside": _("%(amount)s are due, and there is less. Top up, or pay at the bank."),
    "no_further_round": _("No further round can be asked for now. Look at where the work stands."),
    "amendment_stands": _("One change is proposed already. Sign it, decline it or take it back first."),
    "same_terms": _("Nothing differs from what is in force."),
    "impossible_terms": _("These terms cannot be kept. Look at dates, fee and shares."),
    "amendment_overtaken": _("Work or money went on since this was proposed. Propose the change again."),
    "cap_too_high": _("Only %(left)s of the fee are left; a replacement cannot cost more than that."),
    "nothing_owed": _("Everything is delivered or out already; there is nothing left to take over."),
    "another_takes_over": _("Another anchor is taking this seat over already."),
    "not_absent_yet": _("Only a live that was due by today and is not shown to have taken place can have failed so."),
    "absence_reported_already": _("You have said so already; her side has been asked."),
    "nothing_to_cancel": _("Everything is delivered; there is nothing left to end."),
    "not_late_enough": _("It is not late for 72 hours yet. Until then the anchor can still hand it in."),
    "nothing_to_dispute": _("No money is protected for it any more, so there is nothing to dispute."),
    "already_answered": _("Your side has answered this already."),
    "too_late_to_propose": _("Mediation ends before the sides’ five business days to accept. Decide it instead."),
    "time_is_over": _("The time to appeal is over; the decision takes effect."),
    "template_unfinished": _("Something has to be mended before it is published. It is said beside each field."),
    "template_changed": _("Somebody edited it meanwhile. Look at it again; nothing of yours is saved."),
    "template_overtaken": _("Another version was published since this one was begun. Copy that one and begin anew."),
    "template_same_editor": _("You edited it last; somebody else of compliance publishes it."),
    "decided_by_you": _("Another member of staff settles the appeal: you made the decision."),
}

BRIEF = {
    "form": _("Form"),
    "platforms": _("Platforms"),
    "goal": _("Goal"),
    "products": _("Products"),
    "audience": _("Audience"),
    "selling_points": _("Selling points"),
    "do": _("Do"),
    "avoid": _("Don’t"),
    "references": _("References"),
    "mandatory_words": _("Words that must appear"),
    "live_start": _("Live from"),
    "live_minutes": _("Minutes live"),
    "room_link": _("Room"),
}

PROBLEMS = {
    "no_deliverable": _("At least one deliverable is owed."),
    "shares_do_not_add_up": _("The shares that deliverables release must add up to 100 %."),
    "fee_missing": _("The fee is missing."),
    "fee_not_wanted": _("Pure CPS and barter carry no fee."),
    "cps_missing": _("The commission is between 1 % and 80 %."),
    "gift_missing": _("Say what the anchor receives."),
    "publish_in_the_past": _("The publishing window is over."),
    "publish_backwards": _("The window ends before it begins."),
    "due_after_publishing": _("A deliverable is due after the publishing window."),
    "due_in_the_past": _("A deliverable is due in the past."),
    "holdback_too_large": _("At most 20 % may be kept back."),
    "nothing_carries_it": _("What is still open cannot carry this fee: less is left of it than is delivered already."),
    "no_fee_to_change": _("This contract carries no fee."),
    "extra_round_out_of_bounds": _("A further round of changes costs at most the fee; without a fee there is none."),
}

TERMS = {
    "fee_minor": _("Fee"),
    "currency": _("Currency"),
    "price_model": _("Price model"),
    "cps_bp": _("Commission"),
    "gift": _("What the anchor receives"),
    "deliverables": _("Deliverables"),
    "publish_from": _("Published from"),
    "publish_until": _("Published until"),
    "revision_rounds": _("Rounds of changes"),
    "extra_round_minor": _("A further round of changes"),
    "review_days": _("Business days to review"),
    "stay_up_days": _("Days that it stays up"),
    "holdback_bp": _("Kept back until the stay-up date"),
    "rights_where": _("Use by the merchant"),
    "rights_months": _("Months of use"),
    "paid_use": _("Paid advertising"),
    "samples": _("Samples"),
    "disclosure": _("Disclosure"),
    "kill_fee_bp": _("Kill fee"),
    "time_zone": _("Time zone"),
    "calendar": _("Holiday calendar"),
}


def said_change(change: Change, terms: DealTerms) -> tuple[str, str, str]:
    """(what, before, after) of one changed term, as a person reads it."""
    label = str(TERMS.get(change.name, change.name))
    return label, said_value(change.name, change.before, terms), said_value(change.name, change.after, terms)


def said_value(name: str, value: object, terms: DealTerms) -> str:
    if name == "fee_minor":
        return str(Money(value, terms.currency))
    if name == "extra_round_minor":
        return str(Money(value, terms.currency)) if value else gettext("cannot be bought")
    if name.endswith("_bp") and isinstance(value, int):
        return f"{value / 100:g} %"
    if name in {"publish_from", "publish_until"}:
        return format_date(date.fromisoformat(value), "DATE_FORMAT")
    if name == "deliverables":
        return gettext("; ").join(
            gettext("%(title)s by %(day)s")
            % {"title": one["title"], "day": format_date(date.fromisoformat(one["due_on"]), "DATE_FORMAT")}
            for one in value
        )
    if name == "paid_use":
        return gettext("included") if value else gettext("not included")
    if name == "rights_months":
        return ngettext("%(n)s month", "%(n)s months", value) % {"n": value}
    if name == "kill_fee_bp":
        return gettext("another table")
    return str(value) or gettext("none")


def said_amendment(amendment: "Amendment", language: str) -> list[tuple[str, str, str]]:
    """(what, before, after) of each thing that an amendment changes: the fee and the window, then piece by piece its
    day and what it releases.
    """
    before, after = amendment.before, amendment.deal
    carried, releases = amendment.carried, amendment.releases
    with override(language):
        if successor := amendment.canonical.get("successor"):
            return [(gettext("Anchor"), amendment.contract.anchor.name, successor["anchor"])]
        found = [said_change(one, after) for one in changes(before, after) if one.name != "deliverables"]
        for place, (old, new) in enumerate(zip(before.deliverables, after.deliverables, strict=True), start=1):
            if old.due_on != new.due_on:
                label = gettext("%(title)s, due") % {"title": new.title}
                found.append((label, format_date(old.due_on, "DATE_FORMAT"), format_date(new.due_on, "DATE_FORMAT")))
            if releases[place] != carried[place]:
                label = gettext("%(title)s, releases") % {"title": new.title}
                until, from_then = (str(Money(one[place], after.currency)) for one in (carried, releases))
                found.append((label, until, from_then))
    return found
