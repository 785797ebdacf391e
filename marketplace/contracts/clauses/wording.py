"""The words of cards and warnings. The text of the contract counts; these say what it means."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from marketplace.contracts.clauses.found import Clause

CARDS = {
    "you_pay": _("You pay %(sum)s into protected funds before work starts: fee, platform fee and its VAT."),
    "you_receive": _("You receive %(sum)s. The money is protected before you start."),
    "paid_when_approved": _("Each part becomes yours when the merchant approves its piece of work."),
    "paid_when_verified": _("Each part becomes yours when its piece is out and was verified."),
    "paid_in_parts": _("Scripts and drafts pay when they are approved; what is published, when it was verified."),
    "commission": _("You earn %(share)s of what buyers pay, less coupons, tax, shipping and refunds."),
    "commission_owed": _("You owe %(share)s of what buyers pay, less coupons, tax, shipping and refunds."),
    "gift": _("You receive: %(gift)s."),
    "gift_owed": _("You give: %(gift)s."),
    "silence_hers": _("Business days in which the merchant answers: %(days)s. Silence is a yes."),
    "silence_his": _("Business days in which you answer each piece: %(days)s. Your silence is a yes."),
    "rounds_then_none": _("Free rounds of changes for each piece: %(rounds)s. No further one can be bought."),
    "rounds_then_paid_to_you": _("Free rounds of changes for each piece: %(rounds)s. A further one costs %(sum)s."),
    "rounds_then_paid": _("Free rounds of changes for each piece: %(rounds)s. A further one: %(sum)s and its fee."),
    "rights_named_hers": _("They may use the work %(where)s, for %(months)s months, and not in paid advertising."),
    "rights_named_his": _("You may use the work %(where)s, for %(months)s months, and not in paid advertising."),
    "rights_named_ads_hers": _("They may use the work %(where)s and in paid advertising, for %(months)s months."),
    "rights_named_ads_his": _("You may use the work %(where)s and in paid advertising, for %(months)s months."),
    "rights_shared_hers": _("They may share it where it was published, for %(months)s months; no paid advertising."),
    "rights_shared_his": _("You may share it where it was published, for %(months)s months; no paid advertising."),
    "rights_shared_ads_hers": _("They may share it where it stands and advertise with it, for %(months)s months."),
    "rights_shared_ads_his": _("You may share it where it stands and advertise with it, for %(months)s months."),
    "cancelled_hers": _(
        "If they cancel you keep, of what is not released yet: %(funded)s once it is paid, %(delivered)s once a draft"
        " is there, %(approved)s of approved work that they do not let out."
    ),
    "cancelled_his": _(
        "If you cancel they keep, of what is not released yet: %(funded)s once it is paid, %(delivered)s once a draft"
        " is there, %(approved)s of approved work that you do not let out."
    ),
    "stays_up_hers": _("It stays up for %(days)s days after you published it."),
    "stays_up_his": _("It stays up for %(days)s days; we look every day."),
    "stays_up_kept_back_hers": _("It stays up for %(days)s days; %(share)s of each release waits until then."),
    "stays_up_kept_back_his": _("It stays up for %(days)s days, and %(share)s of each release waits until then."),
}

WARNINGS = {
    "endless_changes": _("Somewhere it speaks of changes without end. Only the rounds in section 5 bind you."),
    "many_rounds": _("Rounds of changes that are free: %(rounds)s. Most agree on two."),
    "perpetual_rights": _("They would keep the rights for ever. A time, and a price for more of it, is usual."),
    "long_rights": _("They would keep the rights for %(months)s months. Six to twelve are usual."),
    "late_payment": _("Part of your money comes sixty days or more after the work."),
    "penalty": _("A penalty or damages are spoken of, and nothing in the terms caps them."),
    "exclusivity": _("It speaks of exclusivity. See which brands you could not work for, and for how long."),
    "no_kill_fee": _("If they cancel while you work, you are paid nothing for what is not released."),
    "no_disclosure": _("No words say that it is sponsored; most places require them."),
    "short_review": _("Business days to answer each piece: %(days)s. After that it is approved by itself."),
    "no_changes": _("No round of changes is free."),
    "short_stay": _("It stays up for %(days)s days only."),
    "all_owed_at_once": _("Once it is paid you owe all of it, even if you cancel before anybody has begun."),
}


def in_words(found: Iterable[Clause]) -> list[str]:
    """In the language that is active."""
    return [str((CARDS | WARNINGS)[one.code]) % one.facts for one in found]
