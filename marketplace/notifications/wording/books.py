"""What the platform's finance staff read."""

from django.utils.translation import gettext_lazy as _

from marketplace.notifications.wording.shape import Wording

BOOKS: dict[str, Wording] = {
    "books_differ": Wording(
        title=_("The books of %(provider)s and ours differ: %(count)s new"),
        body=_("Nothing was put right by itself. Take what you look into, and say in words how it comes about."),
        action=_("See the differences"),
        tone="turn",
    ),
    "payout_run_waits": Wording(
        title=_("A payout run waits for two of you: %(sums)s"),
        body=_("Look at it, and approve it until %(until)s. After that it is cancelled, and nothing is paid out."),
        action=_("See the run"),
        tone="turn",
    ),
    "payout_run_second": Wording(
        title=_("%(name)s approved a payout run: %(sums)s"),
        body=_("It needs one more of you until %(until)s. After that it is cancelled, and nothing is paid out."),
        action=_("See the run"),
        tone="turn",
    ),
    "payout_run_lapsed": Wording(
        title=_("A payout run was cancelled: %(sums)s"),
        body=_("Nobody approved it in 72 hours. The money is where it was: the next run takes it, or one of yours."),
        action=_("See the run"),
        tone="stop",
    ),
}
