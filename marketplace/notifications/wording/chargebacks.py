"""A payer's bank takes a payment back: what the merchant, the other side and our finance staff read; and debts."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

SEE_WALLET, SEE_CHARGEBACK, SEE_DEAL = _("See the wallet"), _("See the chargeback"), _("See the contract")
SEE_DEBT = _("See what is owed")

CHARGEBACKS: dict[str, Wording] = {
    "chargeback_inquired": Wording(
        title=_("Your bank asks about a payment of %(amount)s"),
        body=_("Nothing was taken back. We answer it with what we know of the deal. Was it you? Tell your bank so."),
        action=SEE_WALLET,
    ),
    "chargeback_opened": Wording(
        title=_("Your bank takes a payment of %(amount)s back"),
        body=_(
            "What of it is not released yet stands still; what was released is owed to us. We answer with the evidence"
            " of the deal. If it was a mistake, tell your bank to withdraw it."
        ),
        action=SEE_WALLET,
        tone="stop",
    ),
    "chargeback_reinstated": Wording(
        title=_("%(amount)s that your bank had taken back is here again"),
        body=_("It stands where it stood before, and what stood still goes on."),
        action=SEE_WALLET,
        tone="done",
    ),
    "chargeback_won": Wording(
        title=_("Your bank decided: the payment of %(amount)s stays"),
        body=_("Everything is again as it was before your bank took it back."),
        action=SEE_WALLET,
        tone="done",
    ),
    "chargeback_lost": Wording(
        title=_("Your bank decided: the payment of %(amount)s is taken back for good"),
        body=_(
            "Contracts that it protected have ended. What had been released, and the bank’s fee, is owed to us; until"
            " it is paid nothing is published and the wallet stands still."
        ),
        action=SEE_WALLET,
        tone="stop",
    ),
    "chargeback_closed": Wording(
        title=_("Your bank’s question about %(amount)s is closed"),
        body=_("Nothing else follows from it."),
        action=SEE_WALLET,
        tone="done",
    ),
    "contract_frozen": Wording(
        title=_("The bank of %(merchant)s holds the money of “%(title)s”"),
        body=_(
            "%(amount)s of its protected funds was taken back and is being decided about. Work and clocks stand still;"
            " what was released before stays released."
        ),
        action=SEE_DEAL,
        tone="stop",
    ),
    "contract_thawed": Wording(
        title=_("The money of “%(title)s” is protected again"),
        body=_("The bank gave it back. Work goes on, and every clock begins anew."),
        action=SEE_DEAL,
        tone="done",
    ),
    "contract_charged_back": Wording(
        title=_("“%(title)s” has ended: the bank took its money back for good"),
        body=_(
            "What was released stays released. Nothing more is owed under it here; %(back)s goes back to its source."
        ),
        action=SEE_DEAL,
        tone="stop",
    ),
    "debt_arose_chargeback": Wording(
        title=_("You owe %(amount)s"),
        body=_(
            "Your bank took a payment back that had been released already. Until it is paid nothing is published and"
            " the wallet stands still; the next top-up settles it first."
        ),
        action=SEE_DEBT,
        tone="stop",
    ),
    "debt_arose_chargeback_fee": Wording(
        title=_("You owe %(amount)s: the fee of a chargeback that was lost"),
        body=_("Banks charge it whenever a payment is taken back. The next top-up settles it first."),
        action=SEE_DEBT,
        tone="stop",
    ),
    "debt_settled": Wording(
        title=_("Your debt is settled: %(amount)s"),
        body=_("It came out of what you have here. Everything is open to you again."),
        action=SEE_WALLET,
        tone="done",
    ),
    "debt_settled_in_part": Wording(
        title=_("%(amount)s of your debt is settled"),
        body=_("%(left)s is left. The next top-up settles it first."),
        action=SEE_DEBT,
    ),
    "reserve_charged_back": Wording(
        title=_("The budget of “%(title)s” is no longer set aside"),
        body=_("Your bank took back money that was part of it. What is left is in your wallet; set it aside anew."),
        action=_("See the V task"),
        tone="turn",
    ),
    "transfer_taken_back": Wording(
        title=_("%(amount)s is taken back from you"),
        body=_("Our staff decided so: %(reason)s If that is wrong, write to us; somebody else looks at it."),
        action=_("See your earnings"),
        tone="stop",
    ),
    "transfer_taken_back_owed": Wording(
        title=_("%(amount)s is taken back from you, and kept of your next earnings"),
        body=_("Our staff decided so: %(reason)s If that is wrong, write to us; somebody else looks at it."),
        action=_("See your earnings"),
        tone="stop",
    ),
    "transfer_kept": Wording(
        title=_("%(amount)s was not taken back from you"),
        body=_("The bank refused. It is yours as before."),
        action=_("See your earnings"),
    ),
    "money_taken_back_for_you": Wording(
        title=_("%(amount)s was taken back for you"),
        body=_("A payee gave it back. It is in your wallet: it settles what you owe, or goes back to its source."),
        action=SEE_WALLET,
        tone="done",
    ),
    "staff_reversal_refused": Wording(
        title=_("The provider refused to take %(amount)s back from %(payee)s"),
        body=_("It says: %(why)s. Nothing has moved; decide anew."),
        action=_("See the transfer"),
        tone="stop",
    ),
    "staff_chargeback_to_answer": Wording(
        title=_("Chargeback: %(amount)s of %(merchant)s"),
        body=_("Our answer is due by %(due_on)s. What we know is gathered; add your words and hand it in."),
        action=SEE_CHARGEBACK,
        tone="turn",
    ),
    "staff_chargeback_unmatched": Wording(
        title=_("A chargeback took %(amount)s that is nobody’s that we know of"),
        body=_("Another currency than the payment’s, or more than it was. It is booked as unmatched: look at it."),
        action=SEE_CHARGEBACK,
        tone="stop",
    ),
    "staff_chargeback_contradicted": Wording(
        title=_("The provider moved money of a chargeback that was lost: %(amount)s of %(merchant)s"),
        body=_("Nothing was booked: its contracts have ended by it. Look at both books and decide."),
        action=SEE_CHARGEBACK,
        tone="stop",
    ),
    "staff_chargeback_won": Wording(
        title=_("Chargeback won: %(amount)s of %(merchant)s"),
        body=_("The money is back where it stood."),
        action=SEE_CHARGEBACK,
        tone="done",
    ),
    "staff_chargeback_lost": Wording(
        title=_("Chargeback lost: %(amount)s of %(merchant)s"),
        body=_("What was not released covers it; the rest, and the fee, is the merchant’s debt."),
        action=SEE_CHARGEBACK,
        tone="stop",
    ),
    "staff_chargeback_closed": Wording(
        title=_("Chargeback closed: %(amount)s of %(merchant)s"),
        body=_("Nothing else follows from it."),
        action=SEE_CHARGEBACK,
    ),
    "staff_evidence_soon": Wording(
        title=_("Five days left to answer a chargeback: %(amount)s of %(merchant)s"),
        body=_("Due by %(due_on)s, and nobody has handed anything in."),
        action=SEE_CHARGEBACK,
        tone="turn",
    ),
    "staff_evidence_last_day": Wording(
        title=_("One day left to answer a chargeback: %(amount)s of %(merchant)s"),
        body=_("If nobody does, what is gathered is handed in by itself 12 hours before its time is over."),
        action=SEE_CHARGEBACK,
        tone="turn",
    ),
    "staff_evidence_by_clock": Wording(
        title=_("Handed in by the clock: the answer to a chargeback of %(amount)s"),
        body=_("Nobody had, and its time was nearly over. What was gathered about the deal of %(merchant)s went out."),
        action=SEE_CHARGEBACK,
    ),
    "staff_evidence_refused": Wording(
        title=_("The provider refused our answer to a chargeback: %(amount)s of %(merchant)s"),
        body=_("Due by %(due_on)s. Look at what it says, mend it and hand it in again."),
        action=SEE_CHARGEBACK,
        tone="stop",
    ),
}
