"""From released money to the payee's bank."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

PAYOUTS: dict[str, Wording] = {
    "transfer_held_no_account": Wording(
        title=_("%(amount)s waits for an account"),
        body=_("Name the bank account that you want to be paid to. Nothing else keeps it."),
        action=_("Name an account"),
        tone="turn",
    ),
    "transfer_held_not_verified": Wording(
        title=_("%(amount)s waits until you are verified as a payee"),
        body=_("The check takes a few minutes of yours and about a day of ours. Then it goes on by itself."),
        action=_("See what is missing"),
        tone="turn",
    ),
    "transfer_held_other_holder": Wording(
        title=_("%(amount)s waits: the account is in another name"),
        body=_("We pay only to an account of the person or company that we have checked. Name one in that name."),
        action=_("Change the account"),
        tone="turn",
    ),
    "transfer_held_first_payout": Wording(
        title=_("%(amount)s is on hold until %(until)s"),
        body=_("The first payout to a new payee waits 7 days. Then it goes on by itself."),
        action=_("Follow the money"),
    ),
    "transfer_held_security_change": Wording(
        title=_("%(amount)s is on hold until %(until)s"),
        body=_("Sign-in or account details were changed: payouts wait 72 hours. Then it goes on by itself."),
        action=_("Follow the money"),
    ),
    "transfer_held_objection": Wording(
        title=_("%(amount)s is on hold until %(until)s"),
        body=_("The work was approved by the clock: the merchant may object for 7 days. Then it goes on by itself."),
        action=_("Follow the money"),
    ),
    "transfer_held_quick": Wording(
        title=_("%(amount)s is on hold until %(until)s"),
        body=_("It came in less than a day ago. Then it goes on by itself."),
        action=_("Follow the money"),
    ),
    "transfer_held_frozen": Wording(
        title=_("%(amount)s is frozen"),
        body=_("Somebody followed the link in our mail about a change. Write to us: we make sure that it is you."),
        action=_("Follow the money"),
        tone="stop",
    ),
    "transfer_held_staff": Wording(
        title=_("%(amount)s is on hold"),
        body=_("Our staff look into it and write to you."),
        action=_("Follow the money"),
    ),
    "payout_sent": Wording(
        title=_("%(amount)s is on its way to your bank"),
        body=_("To the account that ends in %(last4)s. When you see it depends on the bank, usually within days."),
        action=_("Follow the payout"),
    ),
    "payout_paid": Wording(
        title=_("%(amount)s has arrived at your bank"),
        body=_("On the account that ends in %(last4)s."),
        action=_("See the payout"),
        tone="done",
    ),
    "payout_failed": Wording(
        title=_("Your bank sent %(amount)s back"),
        body=_("The money is yours and safe. We try again on %(retry_on)s; look at your account details before that."),
        action=_("Look at the payout"),
        tone="stop",
    ),
    "payout_stuck": Wording(
        title=_("Your bank sent %(amount)s back three times"),
        body=_("The money is yours and safe. Look at your account details; our staff write to you."),
        action=_("Look at the payout"),
        tone="stop",
    ),
    "payout_account_changed": Wording(
        title=_("You are paid to the account that ends in %(last4)s"),
        body=_("If that is not yours, freeze your payouts and write to us."),
        action=_("See the account"),
    ),
    "payout_account_refused": Wording(
        title=_("The bank does not pay to your account at the moment"),
        body=_("What is released waits until it does. Name another account, or ask the bank."),
        action=_("See the account"),
        tone="stop",
    ),
    "payouts_wait_password": Wording(
        title=_("A password was changed: payouts of %(party)s wait until %(until)s"),
        body=_("If it was you or a colleague, do nothing. If not, the button freezes all payouts at once."),
        action=_("That was not us: freeze payouts"),
        tone="turn",
    ),
    "payouts_wait_email": Wording(
        title=_("An e-mail address was changed: payouts of %(party)s wait until %(until)s"),
        body=_("If it was you or a colleague, do nothing. If not, the button freezes all payouts at once."),
        action=_("That was not us: freeze payouts"),
        tone="turn",
    ),
    "payouts_wait_second_factor": Wording(
        title=_("A second factor was changed: payouts of %(party)s wait until %(until)s"),
        body=_("If it was you or a colleague, do nothing. If not, the button freezes all payouts at once."),
        action=_("That was not us: freeze payouts"),
        tone="turn",
    ),
    "payouts_wait_payout_account": Wording(
        title=_("The payout account was changed: payouts of %(party)s wait until %(until)s"),
        body=_("If it was you or a colleague, do nothing. If not, the button freezes all payouts at once."),
        action=_("That was not us: freeze payouts"),
        tone="turn",
    ),
    "payouts_wait_finance_member": Wording(
        title=_("Somebody new may move money: payouts of %(party)s wait until %(until)s"),
        body=_("If it was you or a colleague, do nothing. If not, the button freezes all payouts at once."),
        action=_("That was not us: freeze payouts"),
        tone="turn",
    ),
}
