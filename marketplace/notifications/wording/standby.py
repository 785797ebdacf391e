"""An anchor who did not come, and whoever takes over."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

STANDBY = {
    "absence_reported": Wording(
        title=_("%(merchant)s says that you did not come to “%(work)s”"),
        body=_("%(title)s: if you were there, say so within %(minutes)s minutes. After that it stands."),
        action=_("Answer"),
        tone="turn",
    ),
    "absence_contested": Wording(
        title=_("%(anchor)s says that she was at “%(work)s”"),
        body=_("%(title)s: nothing follows by itself. Talk about it, or open a dispute."),
        action=_("Read it"),
        tone="turn",
    ),
    "absence_withdrawn": Wording(
        title=_("The absence at “%(work)s” was taken back"),
        body=_("%(title)s goes on as before."),
        action=_("Open the contract"),
    ),
    "absence_stands": Wording(
        title=_("The absence at “%(work)s” stands"),
        body=_("%(title)s: whoever stands by is asked. The merchant can also end the contract."),
        action=_("Open the contract"),
        tone="stop",
    ),
    "contract_handed_over": Wording(
        title=_("%(name)s takes %(number)s over"),
        body=_("“%(title)s”: what was released stays released. What is left is protected for the new contract."),
        action=_("See the contract"),
        tone="done",
    ),
    "standby_put": Wording(
        title=_("You stand by for “%(title)s”"),
        body=_("If the anchor does not come to the live, you may be asked to take over. Step back whenever you like."),
        action=_("See your application"),
    ),
    "standby_called": Wording(
        title=_("Take “%(title)s” over?"),
        body=_(
            "The anchor did not come. %(fee)s, on %(day)s. Answer within %(minutes)s minutes; then the next is asked."
        ),
        action=_("Answer"),
        tone="turn",
    ),
    "standby_accepted": Wording(
        title=_("%(name)s takes “%(title)s” over"),
        body=_("Read her contract and sign it. The protected funds follow when all have signed."),
        action=_("Read and sign"),
        tone="turn",
    ),
    "standby_exhausted": Wording(
        title=_("Nobody is left to take “%(title)s” over"),
        body=_("Nobody stands by any more. Agree on another day, on another anchor, or end the contract."),
        action=_("Open the contract"),
        tone="stop",
    ),
}
