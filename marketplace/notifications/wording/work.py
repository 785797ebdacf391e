"""From a signed contract to money in the anchor's account."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

WORK: dict[str, Wording] = {
    "contract_to_pay": Wording(
        title=_("%(number)s waits for its money"),
        body=_("Pay %(amount)s into protected funds until %(pay_by)s, or it lapses. No work starts before that."),
        action=_("Pay it"),
        tone="turn",
    ),
    "contract_pay_soon": Wording(
        title=_("%(number)s lapses in %(hours)s hours without its money"),
        body=_("“%(title)s” waits for %(amount)s. After %(pay_by)s the seat is free again."),
        action=_("Pay it"),
        tone="turn",
    ),
    "contract_pay_longer": Wording(
        title=_("%(number)s waits for a bank transfer until %(pay_by)s"),
        body=_("“%(title)s”: a transfer may be on its way that no statement shows yet. No work starts before."),
        action=_("Open the contract"),
        tone="wait",
    ),
    "contract_funded": Wording(
        title=_("The money for %(number)s is protected"),
        body=_("%(amount)s stand in protected funds. Work on “%(title)s” may start."),
        action=_("Open the contract"),
        tone="done",
    ),
    "contract_unfunded": Wording(
        title=_("%(number)s lapsed unpaid"),
        body=_("The money for “%(title)s” did not come in time. Nobody is bound, and the seat is free again."),
        action=_("See the contract"),
        tone="stop",
    ),
    "contract_payment_sent_back": Wording(
        title=_("%(amount)s for %(number)s goes back to you"),
        body=_("“%(title)s” was paid already, or had ended. The payment returns to where it came from."),
        action=_("See the contract"),
    ),
    "round_to_pay": Wording(
        title=_("A further round of changes to “%(work)s” waits for its money"),
        body=_("%(title)s: pay %(amount)s while the review lasts. The changes are asked for when it is protected."),
        action=_("Pay it"),
        tone="turn",
    ),
    "round_paid": Wording(
        title=_("Changes to “%(work)s” are asked for"),
        body=_("%(title)s: %(amount)s for a further round stand in protected funds."),
        action=_("Open the contract"),
        tone="done",
    ),
    "round_bought": Wording(
        title=_("%(merchant)s buys a further round of changes to “%(work)s”"),
        body=_("%(title)s: it brings you %(amount)s with its release. What should change stands with it."),
        action=_("Read what to change"),
        tone="turn",
    ),
    "round_released": Wording(
        title=_("%(amount)s for a further round are released to you"),
        body=_("“%(title)s”: what you did beyond the free rounds is on its way to your account."),
        action=_("Open the contract"),
        tone="done",
    ),
    "contract_completed": Wording(
        title=_("%(number)s is complete"),
        body=_("Everything in “%(title)s” is delivered and settled."),
        action=_("See the contract"),
        tone="done",
    ),
    "funds_released": Wording(
        title=_("%(amount)s of %(number)s is released to you"),
        body=_("“%(title)s”: it goes to your account next. The money line shows where it is and what it waits for."),
        action=_("Follow the money"),
        tone="done",
    ),
    "work_submitted": Wording(
        title=_("%(anchor)s has handed in “%(work)s”"),
        body=_("%(title)s: approve it or ask for changes. Without an answer it is approved by itself."),
        action=_("Look at it"),
        tone="turn",
    ),
    "changes_requested": Wording(
        title=_("%(merchant)s asks for changes to “%(work)s”"),
        body=_("%(title)s: what should change stands with it. Hand it in again when it is done."),
        action=_("Read what to change"),
        tone="turn",
    ),
    "work_approved": Wording(
        title=_("“%(work)s” is approved"),
        body=_("%(title)s: on to the next step."),
        action=_("Open the contract"),
        tone="done",
    ),
    "work_published": Wording(
        title=_("“%(work)s” is out"),
        body=_("%(title)s: see that it is there as agreed. After 72 hours it counts as verified."),
        action=_("Check it"),
        tone="turn",
    ),
    "proof_sent_back": Wording(
        title=_("%(merchant)s did not find “%(work)s”"),
        body=_("%(title)s: show again where it is."),
        action=_("Show where it is"),
        tone="turn",
    ),
    "work_verified": Wording(
        title=_("“%(work)s” is verified"),
        body=_("%(title)s: its share of the fee is released."),
        action=_("Follow the money"),
        tone="done",
    ),
    "work_stayed_up": Wording(
        title=_("“%(work)s” stayed up as agreed"),
        body=_("%(title)s: what was kept back for it is released."),
        action=_("Follow the money"),
        tone="done",
    ),
    "stay_up_asked": Wording(
        title=_("We did not find “%(work)s” where it should be"),
        body=_("%(title)s: say until %(by)s what became of it. Nothing is taken away from you by itself."),
        action=_("Say what became of it"),
        tone="turn",
    ),
    "stay_up_answered": Wording(
        title=_("%(anchor)s says why “%(work)s” was not found"),
        body=_("%(title)s: read the answer. If you do not agree, talk to the other side."),
        action=_("Read the answer"),
    ),
    "stay_up_silent": Wording(
        title=_("No answer about “%(work)s”, which was not found"),
        body=_("%(title)s: 72 hours have passed. Nothing follows by itself; both sides have been told."),
        action=_("Open the contract"),
    ),
    "stay_up_seen_again": Wording(
        title=_("“%(work)s” was found again"),
        body=_("%(title)s: our question is settled. You need not do anything."),
        action=_("Open the contract"),
        tone="done",
    ),
    "work_overdue": Wording(
        title=_("“%(work)s” is overdue"),
        body=_("%(title)s: it was due on %(due_on)s. After 72 more hours the merchant may end the contract."),
        action=_("Open the contract"),
        tone="stop",
    ),
    "work_late": Wording(
        title=_("“%(work)s” did not come for 72 hours"),
        body=_("%(title)s: you may end the contract now and get back what is not settled. Or wait: it can still come."),
        action=_("Decide"),
        tone="turn",
    ),
    "work_remarked": Wording(
        title=_("A comment on “%(work)s”"),
        body=_("%(title)s: the other side has written something about it."),
        action=_("Read it"),
    ),
    "work_due_soon": Wording(
        title=_("“%(work)s” is due in %(hours)s hours"),
        body=_("%(title)s: hand it in, or say so to the other side."),
        action=_("Open the contract"),
        tone="turn",
    ),
    "work_review_soon": Wording(
        title=_("“%(work)s” is approved by itself in %(hours)s hours"),
        body=_("%(title)s: approve it, or ask for changes before that."),
        action=_("Look at it"),
        tone="turn",
    ),
    "work_verify_soon": Wording(
        title=_("“%(work)s” counts as verified in %(hours)s hours"),
        body=_("%(title)s: say so before that if it is not there as agreed."),
        action=_("Check it"),
        tone="turn",
    ),
    "approval_put_off": Wording(
        title=_("“%(work)s” was not approved by the clock"),
        body=_("%(title)s: something that guards an automatic approval was missing. It is tried again in a day."),
        action=_("Look at it"),
    ),
    "cancellation_requested": Wording(
        title=_("The other side asks to end %(number)s"),
        body=_("“%(title)s”: %(fee)s would go to the anchor’s side. Without an answer within 72 hours it is agreed."),
        action=_("Read and answer"),
        tone="turn",
    ),
    "cancellation_closed": Wording(
        title=_("%(number)s goes on"),
        body=_("The request to end “%(title)s” is closed."),
        action=_("Open the contract"),
    ),
    "contract_cancelled": Wording(
        title=_("%(number)s has ended"),
        body=_("“%(title)s”: %(fee)s to the anchor’s side, %(back)s back to the merchant."),
        action=_("See where the money went"),
        tone="stop",
    ),
    "contract_called_off": Wording(
        title=_("%(number)s was called off before it was paid"),
        body=_("Nobody owes anything for “%(title)s”."),
        action=_("See the contract"),
        tone="stop",
    ),
}
