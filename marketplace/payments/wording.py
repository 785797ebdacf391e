from django.utils.translation import gettext_lazy as _

from marketplace.payments.answers import Wanted

SENTENCES = {
    "wallet_switched_off": _("Wallets are not open here yet. A contract can be paid by its own checkout."),
    "currency_not_offered": _("%(currency)s is not offered yet. Choose another currency."),
    "amount_out_of_bounds": _("Between %(least)s and %(most)s at once."),
    "refund_too_large": _("Only %(remaining)s is left of this payment."),
    "nothing_to_send_again": _("It did not come back, or its owner can ask for it again herself."),
    "in_debt": _("You owe %(owed)s after a payment was taken back. Pay that first; then this goes on."),
    "evidence_is_out": _("It is handed in, or no longer wanted: nothing can be changed."),
    "nothing_to_take_back": _("It is not with the payee: what still waits can be held back."),
    "explanation_needed": _("Say in words how the difference comes about."),
    "no_second_person": _("Nobody else here may approve. Invite an owner or a finance colleague first."),
    "own_request": _("You asked for this yourself; somebody else must approve it."),
    "no_second_factor": _("This needs a second factor. Set one up under Security, then come back."),
    "no_payout_account": _("There is no account to pay to yet. Name one first."),
    "payouts_wait": _("Payouts wait after a change of sign-in or account details, until %(until)s."),
    "payouts_are_frozen": _("Payouts are frozen. Talk to our staff."),
    "payouts_paused": _("All payouts are paused for the moment. Your money is safe where it is."),
    "pause_unchanged": _("It is so already: somebody was quicker."),
    "reason_needed": _("Say in words why."),
    "run_under_way": _("There is a payout run under way. It is finished or cancelled first."),
    "nothing_to_pay_out": _("Nobody has enough ready for a payout."),
    "already_approved": _("You have approved it. Somebody else of finance has to, too."),
    "payout_too_small": _("At least %(least)s are paid out at once; %(available)s are ready."),
    "provider_busy": _("The bank is busy. We keep trying; nothing is lost."),
    "provider_silent": _("The bank does not answer. We keep asking; nothing is charged twice."),
    "provider_refused": _("The bank refused. Nothing was charged."),
    "overdraft": _("There is not enough in the wallet."),
    "lot_exhausted": _("Nothing is left of this payment."),
    "journal_key_reused": _("This was already booked with other values."),
    "bad_signature": _("The signature is not valid."),
}

# What the provider still wants of a payee, as she reads it.
WANTED = {
    Wanted.PERSON: _("who you are: name, date of birth, address"),
    Wanted.BUSINESS: _("what your business is"),
    Wanted.PAPERS: _("an identity document or another paper"),
    Wanted.BANK: _("the bank account to pay to"),
    Wanted.TERMS: _("your yes to its terms"),
    Wanted.OTHER: _("something more, which its page names"),
}
