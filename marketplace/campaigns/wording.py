"""What campaigns say in people's words: refusals, what is missing, what the review found and how to mend it."""

from collections.abc import Mapping

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from marketplace.accounts.categories import Category
from marketplace.accounts.platforms import Platform
from marketplace.accounts.regions import Region
from marketplace.accounts.spoken import Spoken
from marketplace.campaigns.eligibility import Requirement
from marketplace.contracts.wording import PROBLEMS as TERM_PROBLEMS

SENTENCES = {
    "merchant_not_verified": _("Merchants are verified before they publish. Hand in your papers; the draft is kept."),
    "task_incomplete": _("Something is still missing or impossible. The steps say what."),
    "budget_not_reserved": _("An open submission needs its budget reserved first: people work for it unasked."),
    "wallet_does_not_cover": _("The whole budget is %(budget)s, and the wallet holds less. Top up first."),
    "not_waiting": _("Only a candidate who waits for a decision can do that."),
    "bench_full": _("Ten can stand by. Take somebody off first."),
    "call_over": _("It was answered already, or its time is over."),
    "terms_are_fixed": _("Anchors have seen these terms, so they cannot change. Duplicate the task instead."),
    "task_not_open": _("This task takes no applications now."),
    "not_eligible": _("Something that the task asks for is not on the anchor’s file yet."),
    "only_by_invitation": _("The merchant chooses for this one; it cannot be applied to."),
    "already_applied": _("There is an application already."),
    "work_not_shown": _("A piece of work that was chosen is no longer on the anchor’s page. Choose again."),
    "no_seat_left": _("Every seat is taken. The waitlist is told when one comes free."),
    "not_your_turn": _("The other side answers now."),
    "quote_out_of_range": _("A quote is between %(least)s and %(most)s."),
    "not_represented": _("You do not represent this anchor for this kind of work."),
    "offer_moved": _("Another offer is on the table by now. Look at it first."),
    "nothing_changed": _("A counter-offer changes at least one term."),
    "already_extended": _("An offer can be extended once."),
    "too_many_searches": _("At most %(most)s searches can be kept. Forget one first."),
    "too_many_attachments": _("At most %(most)s files. Remove one first."),
    "too_many_products": _("At most %(most)s products. Remove one first."),
    "product_unnamed": _("Give the product a name."),
    "link_not_accepted": _("Links are plain https addresses, such as https://shop.example/tea."),
}

PROBLEMS: dict[str, object] = {
    **TERM_PROBLEMS,
    "title_missing": _("Give it a title."),
    "form_missing": _("Choose the form."),
    "category_missing": _("Choose a category."),
    "goal_missing": _("Say what it should achieve."),
    "platforms_missing": _("Choose at least one platform."),
    "apply_by_missing": _("Say until when anchors can apply."),
    "publish_from_missing": _("Say from when it may be published."),
    "publish_until_missing": _("Say until when it must be published."),
    "live_start_missing": _("Say when the live begins."),
    "live_minutes_missing": _("Say how long the live is."),
    "apply_by_in_the_past": _("The deadline for applications is over."),
    "apply_after_publishing": _("The deadline for applications lies after the publishing window."),
    "live_outside_the_window": _("The live lies outside the publishing window."),
    "not_later": _("Choose a later day than the present deadline."),
    "nothing_to_reserve": _("Without a fee there is nothing to reserve."),
    "currency_is_fixed": _("The currency is the task’s."),
    "price_model_is_fixed": _("The price model is the task’s."),
    "time_zone_is_fixed": _("The time zone is the merchant’s."),
    "calendar_is_fixed": _("The holiday calendar is the task’s."),
    "disclosure_is_fixed": _("The disclosure is the task’s."),
    "kill_fee_bp_is_fixed": _("The kill-fee table has shares between 0 and 100 %."),
}

# Rule of the review → (what was found, how to mend it).
REVIEW = {
    "superlative": (
        _("“%(words)s” is a superlative"),
        _("China’s Advertising Law (art. 9) forbids it. Say what is measurably true instead."),
    ),
    "promise": (_("“%(words)s” promises a result"), _("Say what the product is and does; leave the outcome open.")),
    "medical": (
        _("“%(words)s” is a medical claim"),
        _("Only approved medicine may claim this. Take it out, or attach the approval for our reviewers."),
    ),
    "fake_traffic": (
        _("“%(words)s” asks for faked traffic"),
        _("Views, orders and reviews are real here. Take it out."),
    ),
    "contact": (
        _("“%(words)s” leads past the platform"),
        _("Outside of it no money is protected for either side. Take it out."),
    ),
    "disclosure": (_("No disclosure is set"), _("Write the words that say it is sponsored, such as “Ad” or “广告”.")),
    "hurry": (_("The time is very short"), _("Leave at least two days, and apply before it is published.")),
    "papers": (
        _("The first task in this category"),
        _("Once, a person looks at your papers for it. Later ones open at once."),
    ),
}

REQUIREMENTS = {
    "platforms": (_("A channel on %(wanted)s"), _("Add the channel to the anchor file.")),
    "min_followers": (
        _("At least %(wanted)s followers there"),
        _("Your file says %(has)s. Bring it up to date if it has grown."),
    ),
    "verified_channel": (_("A verified channel"), _("Have the channel verified in the anchor file.")),
    "categories": (_("Shows %(wanted)s"), _("Add the category to the anchor file if you show it.")),
    "languages": (_("Speaks %(wanted)s"), _("Add the language to the anchor file if you speak it.")),
    "regions": (_("Works in %(wanted)s"), _("The anchor file says where you work.")),
}
# The same for a program, which compares the two itself.
MISSING = {
    **{name: how for name, (_asked, how) in REQUIREMENTS.items()},
    "min_followers": _("The task asks for more followers than your file says."),
}
LABELS = {"platforms": Platform, "categories": Category, "languages": Spoken, "regions": Region}


def said_requirement(one: Requirement) -> tuple[str, str]:
    """(what is asked, how to get there)."""
    asked, how = REQUIREMENTS[one.name]
    values = {"wanted": _listed(one.name, one.wanted), "has": _listed(one.name, one.has)}
    return str(asked) % values, str(how) % values


def said_hit(hit: Mapping[str, str]) -> tuple[str, str]:
    found, how = REVIEW[hit["rule"]]
    return str(found) % hit, str(how)


def _listed(name: str, value: object) -> str:
    if name in LABELS and isinstance(value, list):
        choices = dict(LABELS[name].choices)
        return gettext(" or ").join(str(choices.get(one, one)) for one in value) or gettext("none")
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)
