"""A contract that is to read differently."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

AMENDMENTS = {
    "amendment_to_sign": Wording(
        title=_("%(name)s proposes a change of %(number)s"),
        body=_("“%(title)s” stays as it is unless all sign the change until %(sign_by)s. It says what differs."),
        action=_("Read the change"),
        tone="turn",
    ),
    "amendment_to_pay": Wording(
        title=_("The change of %(number)s is signed and waits for %(amount)s"),
        body=_("“%(title)s”: pay until %(pay_by)s, or the contract stays as it is. It is in force when it is paid."),
        action=_("Pay it"),
        tone="turn",
    ),
    "amendment_in_force": Wording(
        title=_("The change of %(number)s is in force"),
        body=_("“%(title)s” reads differently from now on, and its money has followed."),
        action=_("See what changed"),
        tone="done",
    ),
    "amendment_declined": Wording(
        title=_("The change of %(number)s was declined"),
        body=_("“%(title)s” stays as it was signed. Nothing has moved."),
        action=_("See the change"),
        tone="stop",
    ),
    "amendment_withdrawn": Wording(
        title=_("The change of %(number)s was taken back"),
        body=_("“%(title)s” stays as it was signed. Nothing has moved."),
        action=_("See the change"),
    ),
    "amendment_lapsed": Wording(
        title=_("The change of %(number)s lapsed"),
        body=_("It was not signed or not paid in time. “%(title)s” stays as it was signed."),
        action=_("See the change"),
    ),
    "amendment_overtaken": Wording(
        title=_("The change of %(number)s came too late"),
        body=_(
            "Work or money of “%(title)s” went on since it was written; a payment for it goes back. Propose it again."
        ),
        action=_("See the change"),
        tone="stop",
    ),
}
